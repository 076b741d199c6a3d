/** From so many bytes on, a machine spends its time on the weights and on nothing else that counts. */
const largeBytes = 32 * 2 ** 20;
/** What takes as long as reading so many bytes: beginning a token, and waiting for the other threads. */
const bytesOfBeginning = 2 ** 20;

/**
 * The lowest accepted guest/host throughput for a model that reads so many bytes of weights per token. The
 * recipe's floor compares how fast both read memory and calculate. A tiny model does little of either: most
 * of its time goes into starting threads and waiting for them, which a virtual machine is always slower at.
 */
export function throughputFloor(floor: number, bytesPerToken: number): number {
  if (bytesPerToken >= largeBytes) return floor;
  return (floor * bytesPerToken) / (bytesPerToken + bytesOfBeginning);
}
