import { beforeAll, expect, it } from 'vitest';
import { cloudFormationProblems, type Template } from '../../testdata/cloudformation.ts';
import { parseYaml } from '../text/yaml.ts';
import { awsFiles } from './aws.ts';
import { cloudFacts } from './fixture.ts';

const files = awsFiles(cloudFacts('aws'));
let template: Template;
beforeAll(() => {
  template = parseYaml(files['cloudformation.yaml']!, 'template') as Template;
});

it("is right by AWS's own specification", () => {
  expect(cloudFormationProblems(template)).toEqual([]);
});

it.each<[string, (template: Template) => void, string]>([
  [
    'a resource type',
    (t) => (t.Resources.Server!.Type = 'AWS::EC2::Server'),
    'Server: no type AWS::EC2::Server',
  ],
  ['a property', (t) => (t.Resources.Server!.Properties.Image = 'a'), 'Server knows no Image'],
  [
    'a property deep inside',
    (t) =>
      (t.Resources.Server!.Properties.BlockDeviceMappings = [{ DeviceName: 'a', Ebs: { Encrypt: true } }]),
    'Server.BlockDeviceMappings[0].Ebs knows no Encrypt',
  ],
  [
    'a value',
    (t) => (t.Resources.Server!.Properties.MetadataOptions = { HttpTokens: 'always' }),
    'Server.MetadataOptions.HttpTokens may not be always',
  ],
  [
    'a kind of value',
    (t) => (t.Resources.Server!.Properties.SecurityGroupIds = 'a'),
    'Server.SecurityGroupIds is no list',
  ],
  [
    'what is required',
    (t) => delete t.Resources.SshOnly!.Properties.GroupDescription,
    'SshOnly has no GroupDescription',
  ],
  [
    'a reference',
    (t) => (t.Outputs.Tunnel!.Value = { 'Fn::Sub': '${Server.PublicName}' }),
    'Server.PublicName is no parameter, resource or attribute',
  ],
])('AWS finds wrong: %s', (_what, spoil, problem) => {
  const spoilt = structuredClone(template);
  spoil(spoilt);
  expect(cloudFormationProblems(spoilt)).toContain(problem);
});

it('gives metadata only to a request with a token, and encrypts the root volume', () => {
  const { MetadataOptions, BlockDeviceMappings } = template.Resources.Server!.Properties;
  expect(MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  expect(BlockDeviceMappings).toMatchObject([
    { DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', Encrypted: true } },
  ]);
});

it('lets in SSH from the given range only, and has no range of its own', () => {
  expect(template.Resources.SshOnly!.Properties.SecurityGroupIngress).toEqual([
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: { Ref: 'SshCidr' } },
  ]);
  expect(template.Parameters.SshCidr).not.toHaveProperty('Default');
  const pattern = new RegExp(`^${template.Parameters.SshCidr!.AllowedPattern}$`);
  expect(['203.0.113.7/32', '0.0.0.0', 'any'].filter((text) => pattern.test(text))).toEqual([
    '203.0.113.7/32',
  ]);
});

it('takes a machine with enough memory and a disk that holds the image', () => {
  expect(template.Parameters.InstanceType).toMatchObject({ Default: 'm7i.large' });
  expect(template.Parameters.RootGiB).toMatchObject({ Default: 12, MinValue: 4 });
});

it('tells how the model is reached by an address, for a VPC need not have names', () => {
  expect(template.Outputs.Tunnel!.Value).toEqual({
    'Fn::Sub': 'ssh -L 9931:127.0.0.1:9931 debian@${Server.PublicIp}',
  });
});
