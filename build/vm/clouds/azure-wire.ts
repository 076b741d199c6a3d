import type { Answer, Asked } from './service.ts';

const versions = ['2012-11-30', '2012-09-15', '2012-05-15', '2011-12-31'];

/**
 * The wire server, as far as a guest without Azure's agent needs it: it asks for its goal state and reports
 * on its health. Certificates are not published, as keys come with the metadata.
 */
export function answerWireServer({ method, path, query, headers, body }: Asked, instanceId: string): Answer {
  if (method === 'GET' && path === '/' && query.get('comp') === 'versions') return xml(listVersions());
  if (!versions.includes(String(headers['x-ms-version'])))
    return xml(
      '<Error><Code>MissingRequiredHeader</Code><Details><HeaderName>x-ms-version</HeaderName></Details></Error>',
      400,
    );
  const what = path.replace(/\/$/, '') === '/machine' ? query.get('comp') : null;
  if (method === 'GET' && what === 'goalstate') return xml(goalState(instanceId));
  if (method === 'POST' && what === 'health') {
    const known = body.includes(`<InstanceId>${instanceId}</InstanceId>`) && /<State>\w+<\/State>/.test(body);
    return known ? xml('', 200) : xml('<Error><Code>InvalidInput</Code></Error>', 400);
  }
  return xml('<Error><Code>ResourceNotFound</Code></Error>', 404);
}

function goalState(instanceId: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<GoalState xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Version>2012-11-30</Version>
  <Incarnation>1</Incarnation>
  <Machine>
    <ExpectedState>Started</ExpectedState>
  </Machine>
  <Container>
    <ContainerId>11111111-0000-4000-8000-000000000000</ContainerId>
    <RoleInstanceList>
      <RoleInstance>
        <InstanceId>${instanceId}</InstanceId>
        <State>Started</State>
        <Configuration/>
      </RoleInstance>
    </RoleInstanceList>
  </Container>
</GoalState>
`;
}

function listVersions(): string {
  const supported = versions.map((version) => `<Version>${version}</Version>`).join('');
  return `<Versions><Preferred><Version>${versions[0]}</Version></Preferred><Supported>${supported}</Supported></Versions>`;
}

function xml(body: string, status = 200): Answer {
  return { status, body, headers: { 'Content-Type': 'text/xml; charset=utf-8' } };
}
