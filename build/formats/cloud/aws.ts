import {
  type CloudFacts,
  type CloudFiles,
  defaultDiskGiB,
  imageName,
  machineType,
  minDiskGiB,
  tunnel,
} from './facts.ts';
import { atEnd, renderUploadScript } from './upload-script.ts';

/** CloudFormation for one instance, and the script that makes the AMI. */
export function awsFiles(facts: CloudFacts): CloudFiles {
  return { 'cloudformation.yaml': template(facts), 'upload.sh': upload(facts) };
}

function template(facts: CloudFacts): string {
  return `# Made by Ingot; edit build/formats/cloud/aws.ts. AWS's own words on each property:
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
AWSTemplateFormatVersion: '2010-09-09'
Description: >-
  ${facts.name} ${facts.version}. The model's server listens on the instance's loopback only; reach it by an SSH tunnel.
Parameters:
  ImageId: { Type: 'AWS::EC2::Image::Id', Description: The AMI that upload.sh printed }
  KeyName: { Type: 'AWS::EC2::KeyPair::KeyName', Description: Key pair that may log in as ${facts.user} }
  VpcId: { Type: 'AWS::EC2::VPC::Id' }
  SubnetId: { Type: 'AWS::EC2::Subnet::Id' }
  SshCidr:
    Type: String
    Description: Addresses that may use SSH, such as 203.0.113.7/32
    AllowedPattern: '[0-9]{1,3}([.][0-9]{1,3}){3}/[0-9]{1,2}'
  InstanceType: { Type: String, Default: ${machineType(facts, types)} }
  RootGiB: { Type: Number, Default: ${defaultDiskGiB(facts)}, MinValue: ${minDiskGiB(facts)} }
  UserData: { Type: String, Default: '', Description: What cloud-init shall do at the first boot }
Conditions:
  HasUserData: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: UserData }, '']}] }
Resources:
  SshOnly:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: SSH from one range, nothing else
      VpcId: { Ref: VpcId }
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: { Ref: SshCidr } }
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: { Ref: ImageId }
      InstanceType: { Ref: InstanceType }
      KeyName: { Ref: KeyName }
      SubnetId: { Ref: SubnetId }
      SecurityGroupIds: [{ 'Fn::GetAtt': [SshOnly, GroupId] }]
      # One hop and a token: what a program on the instance can be made to ask for another does not get the role's keys.
      MetadataOptions: { HttpEndpoint: enabled, HttpTokens: required, HttpPutResponseHopLimit: 1 }
      BlockDeviceMappings:
        # The AMI's root device: its snapshot is not encrypted, the volume made from it is.
        - DeviceName: /dev/xvda
          Ebs: { VolumeType: gp3, VolumeSize: { Ref: RootGiB }, Encrypted: true, DeleteOnTermination: true }
      UserData: { 'Fn::If': [HasUserData, { 'Fn::Base64': { Ref: UserData } }, { Ref: 'AWS::NoValue' }] }
      Tags: [{ Key: Name, Value: ${imageName(facts)} }]
Outputs:
  InstanceId: { Value: { Ref: Server } }
  # Not PublicDnsName, which is empty in a VPC without DNS host names.
  Tunnel: { Value: { 'Fn::Sub': '${tunnel(facts, '${Server.PublicIp}')}' } }
`;
}

/** Nitro instances: what they all have is NVMe, ENA and start by UEFI. */
const types: [number, string][] = [
  [2, 't3.small'],
  [4, 't3.medium'],
  [8, 'm7i.large'],
  [16, 'm7i.xlarge'],
  [32, 'm7i.2xlarge'],
  [64, 'm7i.4xlarge'],
  [128, 'm7i.8xlarge'],
];

function upload(facts: CloudFacts): string {
  const name = imageName(facts);
  return renderUploadScript({
    facts,
    summary:
      'Makes an AMI: copies the disk to S3, imports it as a snapshot, registers that, prints the image id.',
    sources: [
      'The role vmimport must exist: https://docs.aws.amazon.com/vm-import/latest/userguide/required-permissions.html',
      'uefi-preferred: the disk starts both ways, so the instance type decides;',
      '  https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-boot.html',
      'imds-support v2.0: the metadata service answers only with a token;',
      '  https://docs.aws.amazon.com/cli/latest/reference/ec2/register-image.html',
    ],
    madeBy: 'aws.ts',
    takes: { AWS_REGION: 'eu-central-1', BUCKET: 'my-bucket' },
    programs: ['aws', 'sha256sum'],
    body: `export AWS_REGION
aws s3 cp "$file" "s3://$BUCKET/$file"
task=
snapshot=
${atEnd(`[ -z "$task" ] || aws ec2 cancel-import-task --import-task-id "$task" || left "what import $task makes"
[ -z "$snapshot" ] || aws ec2 delete-snapshot --snapshot-id "$snapshot" || left "snapshot $snapshot"
aws s3 rm --quiet "s3://$BUCKET/$file" || left "s3://$BUCKET/$file"`)}task=$(aws ec2 import-snapshot --description ${name} --query ImportTaskId --output text \\
  --disk-container "Format=RAW,UserBucket={S3Bucket=$BUCKET,S3Key=$file}")

asked() {
  aws ec2 describe-import-snapshot-tasks --import-task-ids "$task" --output text \\
    --query "ImportSnapshotTasks[0].SnapshotTaskDetail.$1"
}
status=active
while [ "$status" != completed ]; do
  case $status in
    active | pending | validating | validated | updating | converting) sleep 15 ;;
    *)
      echo "import $task is $status: $(asked StatusMessage)" >&2
      task=
      exit 1
      ;;
  esac
  status=$(asked Status)
done
snapshot=$(asked SnapshotId)
task=

aws ec2 register-image --name ${name} --architecture ${facts.arch} --virtualization-type hvm \\
  --boot-mode uefi-preferred --ena-support --imds-support v2.0 --root-device-name /dev/xvda \\
  --block-device-mappings "DeviceName=/dev/xvda,Ebs={SnapshotId=$snapshot,VolumeType=gp3,DeleteOnTermination=true}" \\
  --query ImageId --output text
# The image's own from now on.
snapshot=
`,
  });
}
