import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';

type Json = string | number | boolean | Json[] | { [key: string]: Json };
type Properties = { [name: string]: Pick<Property, 'type' | 'required'> };

export interface Template {
  Parameters: { [name: string]: { Type: string; Default?: Json; AllowedPattern?: string } };
  Resources: { [name: string]: { Type: string; Properties: { [name: string]: Json } } };
  Outputs: { [name: string]: { Value: Json } };
}

let database: SpecDatabase | undefined;

/**
 * What AWS's own specification of its resources finds wrong in a CloudFormation template; nothing when it is
 * right.
 */
export function cloudFormationProblems(template: Template): string[] {
  database ??= loadAwsServiceSpecSync();
  const problems = references(template).filter((name) => !known(template, name));
  return [
    ...problems.map((name) => `${name} is no parameter, resource or attribute`),
    ...Object.entries(template.Resources).flatMap(([name, { Type, Properties }]) => {
      const resource = resourceOf(Type);
      return resource ? wrongObject(resource.properties, Properties, name) : [`${name}: no type ${Type}`];
    }),
  ];
}

function resourceOf(type: string) {
  return database!.lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

function wrongObject(properties: Properties, value: Json, at: string): string[] {
  const given = value as { [key: string]: Json };
  const required = Object.keys(properties).filter((name) => properties[name]!.required && !(name in given));
  return [
    ...required.map((name) => `${at} has no ${name}`),
    ...Object.entries(given).flatMap(([name, inner]) => {
      const property = Object.hasOwn(properties, name) && properties[name];
      return property ? wrongValue(property.type, inner, `${at}.${name}`) : [`${at} knows no ${name}`];
    }),
  ];
}

function wrongValue(type: PropertyType, value: Json, at: string): string[] {
  if (isFunction(value)) return [];
  switch (type.type) {
    case 'ref':
      return wrongObject(database!.get('typeDefinition', type.reference.$ref).properties, value, at);
    case 'array':
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((item, i) => wrongValue(type.element, item, `${at}[${i}]`));
    case 'union': {
      const each = type.types.map((one) => wrongValue(one, value, at));
      return each.some((problems) => problems.length === 0) ? [] : each[0]!;
    }
    case 'string':
      if (typeof value !== 'string') return [`${at} is no text`];
      return !type.allowedValues || type.allowedValues.includes(value) ? [] : [`${at} may not be ${value}`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at} is neither true nor false`];
    case 'integer':
    case 'number':
      return typeof value === 'number' ? [] : [`${at} is no number`];
    default:
      return type.type === 'tag' && typeof value !== 'object' ? [`${at} is no tag`] : [];
  }
}

function isFunction(value: Json): boolean {
  const keys = typeof value === 'object' ? Object.keys(value) : [];
  return keys.length === 1 && /^(Ref|Fn::\w+)$/.test(keys[0]!);
}

/** `Name` and `Resource.Attribute`, wherever they are asked for. */
function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [(inner as string[]).join('.')];
    if (key === 'Fn::Sub') return [...String(inner).matchAll(/\$\{([^}]+)\}/g)].map(([, name]) => name!);
    return references(inner);
  });
}

function known({ Parameters, Resources }: Template, name: string): boolean {
  const [resource, attribute] = name.split('.') as [string, string?];
  if (!attribute) return name in Parameters || name in Resources || /^AWS::\w+$/.test(name);
  return attribute in (resourceOf(Resources[resource]?.Type ?? '')?.attributes ?? {});
}
