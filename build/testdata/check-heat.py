"""Judges Heat templates, a JSON list of texts, by OpenStack's own engine, as far as that needs no cloud."""

import json
import logging
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from heat.common import context, exception, template_format
from heat.engine import constraints, environment, resource, resources, stack, template
from oslo_config import cfg

# Whether a service is there and has an image or a network of some name, only a cloud could say.
resource.Resource._validate_service_availability = classmethod(lambda *_: None)
constraints.CustomConstraint.validate = lambda *_args, **_options: None

cfg.CONF([], project="heat")
resources.initialise()


def problem(text):
    """What is wrong with a template; nothing when it is right."""
    try:
        parsed = template_format.parse(text)
        given = environment.Environment({"parameters": {name: "10.0.0.0/8" for name in parsed["parameters"]}})
        checked = stack.Stack(context.RequestContext(), "checked", template.Template(parsed, env=given))
        checked.validate(validate_res_tmpl_only=True)
    except exception.HeatException as wrong:
        return str(wrong)
    return ""


print(json.dumps([problem(text) for text in json.load(sys.stdin)]))
