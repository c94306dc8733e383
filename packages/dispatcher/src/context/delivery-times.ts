/** Times of deliveries, in seconds. */
export interface DeliveryTimes {
  /** Longest time until a receiver answers. */
  timeoutSeconds: number;
  /** A process that has not noted a try by then is dead, and another one sends the delivery again. */
  leaseSeconds: number;
  /** Waits before the next try, after the first, the second … failed one; after the last one the delivery is given up. */
  retryWaits: readonly number[];
}

/** The times of the product: 10 tries over 22 hours. */
export const DELIVERY_TIMES: DeliveryTimes = {
  timeoutSeconds: 15,
  leaseSeconds: 30,
  retryWaits: [5, 30, 120, 300, 900, 3600, 10_800, 21_600, 43_200],
};
