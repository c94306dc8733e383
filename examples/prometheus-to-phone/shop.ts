import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What is monitored: a shop with metrics for Prometheus. */
export interface Shop {
  /** `127.0.0.1:…`, as Prometheus names a target. */
  target: string;
  /** False while its database is down. */
  databaseIsUp: boolean;
  diskIsFull: boolean;
  stop(): Promise<void>;
}

/** Start a shop whose database is down and whose disk is full. */
export async function startShop(): Promise<Shop> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4" });
    response.end(
      `shop_database_up ${Number(shop.databaseIsUp)}\nshop_disk_full ${Number(shop.diskIsFull)}\n`,
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const shop: Shop = {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    databaseIsUp: false,
    diskIsFull: true,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return shop;
}
