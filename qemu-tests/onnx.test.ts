import { expect, test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

/** A model of 80 bytes that adds 1 to a number. */
const model =
  'CAg6SAoQCgF4CgNvbmUSAXkiA0FkZBIBZyoPCAEQAUIDb25lSgQAAIA/Wg8KAXgSCgoICAESBAoCCAFiDwoBeRIKCggIARIECgIIAUICEA0=';

test('ONNX Runtime computes with a model', async () => {
  await vm.guest.succeed(`echo ${model} | base64 --decode > /tmp/add.onnx`);
  const program =
    'import numpy as n, onnxruntime as o; s = o.InferenceSession("/tmp/add.onnx"); ' +
    'print(s.run(None, {"x": n.array([41], dtype="float32")})[0][0])';
  expect(Number(await vm.guest.succeed(`python3 -c '${program}'`))).toBe(42);
});
