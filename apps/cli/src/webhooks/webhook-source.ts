import type { CallLogOutputs } from "@call-log/client";
import type {
  deliveryListInput,
  deliveryReplay,
  failedResend,
  newWebhookEndpoint,
  SentWebhookDelivery,
  WebhookDelivery,
  WebhookEndpoint,
  webhookEndpointChange,
  webhookSecretRotation,
  Wire,
} from "@call-log/model";
import type { z } from "zod";

type Webhooks = CallLogOutputs["webhooks"];

/** An endpoint; times are ISO text. */
export type EndpointView = Wire<WebhookEndpoint> & Pick<Webhooks["get"], "lastDay">;

/** A delivery; times are ISO text. */
export type DeliveryView = Wire<WebhookDelivery>;

/** A page of deliveries; times are ISO text. */
export interface DeliveryPageView {
  data: DeliveryView[];
  count: number;
  nextCursor?: string | undefined;
}

/** The webhook endpoints of one project, or those of the installation. */
export interface WebhookSource {
  list(): Promise<{ endpoints: EndpointView[] }>;
  get(id: string): Promise<EndpointView>;
  create(
    input: z.input<typeof newWebhookEndpoint>,
  ): Promise<{ endpoint: EndpointView; secret: string }>;
  update(id: string, change: z.input<typeof webhookEndpointChange>): Promise<EndpointView>;
  remove(id: string): Promise<{ deleted: true }>;
  /** Of an endpoint, or of the addresses in requests for `notify`. */
  secrets(id: string): Promise<Webhooks["revealSecret"]>;
  rotate(
    id: string,
    rotation: z.input<typeof webhookSecretRotation>,
  ): Promise<Webhooks["rotateSecret"]>;
  deliveries(request: z.input<typeof deliveryListInput>): Promise<DeliveryPageView>;
  delivery(id: string): Promise<Wire<SentWebhookDelivery>>;
  resend(id: string): Promise<DeliveryView>;
  /** What failed since a time, to one endpoint or to all that are enabled. */
  resendFailed(request: z.input<typeof failedResend>): Promise<{ deliveries: number }>;
  replay(id: string, replay: z.input<typeof deliveryReplay>): Promise<{ deliveries: number }>;
  /** Undefined without the api, whose settings say which addresses may be asked. */
  test?: (id: string) => Promise<Webhooks["test"]>;
}
