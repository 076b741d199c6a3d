"""Plans installations with the installer's own rules: plan-installations.py FOLDER < CASES.json > RESULTS.json"""
import json
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import answers  # noqa: E402
import dialogue  # noqa: E402
import plan  # noqa: E402
from refusal import Refusal  # noqa: E402


class Script(dialogue.Terminal):
    "Gives prepared answers to the dialogue's questions, and keeps what was said."

    def __init__(self, lines):
        self.lines, self.said = list(lines), []

    def say(self, text=""):
        self.said.append(text)

    def ask(self, question, default=""):
        self.say(question)
        return (self.lines.pop(0) if self.lines else "") or default

    ask_secret = ask


def result(case):
    terminal = Script(case.get("lines", []))
    image, disks, machine = case["image"], case["disks"], case["machine"]
    try:
        given = case["answers"] if "lines" not in case else dialogue.ask_all(terminal, image, disks, machine)
        checked = answers.checked(given)
        return {"plan": plan.plan(image, disks, checked, machine), "answers": given, "said": terminal.said}
    except Refusal as refusal:
        return {"error": refusal.described(), "said": terminal.said}


json.dump([result(case) for case in json.load(sys.stdin)], sys.stdout)
