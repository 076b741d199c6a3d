import { test } from 'vitest';
import { useGuest } from './guest.ts';

const vm = useGuest();

test('PyTorch computes', async () => {
  await vm.guest.succeed(
    'python3 -c "import torch; assert (torch.ones(2, 2) @ torch.ones(2, 2)).sum() == 8"',
  );
});

test('transformers and safetensors are there', async () => {
  await vm.guest.succeed('python3 -c "import safetensors, transformers"');
});
