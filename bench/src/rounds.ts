/**
 * Measure peers in turn, round after round, each round beginning with another one, so that what else the machine does meets all alike. The
 * measurements of each round are in the order of the peers.
 */
export async function inRounds<Peer, Measured>(
  peers: readonly Peer[],
  rounds: number,
  measure: (peer: Peer) => Promise<Measured>,
): Promise<Measured[][]> {
  const measured: Measured[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const results = new Map<Peer, Measured>();
    for (let turn = 0; turn < peers.length; turn += 1) {
      const peer = peers[(round + turn) % peers.length]!;
      results.set(peer, await measure(peer));
    }
    measured.push(peers.map((peer) => results.get(peer)!));
  }
  return measured;
}
