// The examples of OneUptime's "Call Log" API page, as they stand there.

const select = {
  callCostInUSDCents: true,
  callData: true,
  fromNumber: true,
  projectId: true,
  status: true,
};

const query = { status: "Completed" };

const callLog = {
  callCostInUSDCents: 150,
  callData: { message: "Alert notification", incidentId: "123" },
  fromNumber: "+1-555-999-8888",
  projectId: "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e",
  status: "Completed",
};

const ids = [
  "376d7300-28fe-11f1-b591-3fdcef396aba",
  "376d7301-28fe-11f1-b591-3fdcef396aba",
  "376d7302-28fe-11f1-b591-3fdcef396aba",
] as const;

/** Requests and responses of the reference page. */
export const EXAMPLE_CALL_LOG = {
  list: {
    request: { select, query, sort: { createdAt: -1 } },
    response: { count: 10, limit: 10, skip: 0, data: ids.map((_id) => ({ _id, ...callLog })) },
  },
  item: { request: { select }, response: { _id: ids[0], ...callLog } },
  count: { request: { query }, response: { count: 107 } },
};
