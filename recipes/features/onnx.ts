import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'onnx',
  summary: 'ONNX Runtime with its Python module, for models in the ONNX format',
  requirements: ['RT-05', 'RT-06'],
  options: {},
  effect: () => ({}),
});
