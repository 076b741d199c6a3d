import { defineFeature } from '../../build/model/define.ts';

export default defineFeature({
  name: 'onnx',
  summary: 'ONNX Runtime with its Python module, for models in the ONNX format',
  requirements: ['RT-05', 'RT-06'],
  options: {},
  hygiene: {
    deadLinks: {
      'usr/lib/python3/dist-packages/onnxruntime/capi/libonnxruntime.so.1.23.1':
        'the package names an earlier version of its library here; the module loads the right one beside it',
    },
  },
  effect: () => ({}),
});
