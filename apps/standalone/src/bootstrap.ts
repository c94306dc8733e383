import type { Store } from "@call-log/store";

/** Id of the project that a first start makes; fixed, so that scripts can count on it. */
const DEMO_PROJECT_ID = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";

/** What a first start made: the Demo project, and the key that is shown this once. */
export interface Bootstrap {
  projectId: string;
  /** Undefined when the database was not empty: keys are stored as hashes and can't be shown again. */
  apiKey: string | undefined;
}

/** Give an empty database a project and an owner's key; leave any other one alone. */
export async function bootstrap(store: Store, givenKey: string | undefined): Promise<Bootstrap> {
  const [present] = await store.projects.list();
  if (present !== undefined) return { projectId: present._id, apiKey: undefined };
  const project = await store.projects.create({ id: DEMO_PROJECT_ID, name: "Demo" });
  const owner = {
    projectId: project._id,
    permissions: ["Project Owner" as const],
    name: "bootstrap",
  };
  if (givenKey === undefined) {
    const { key } = await store.keys.create(owner);
    return { projectId: project._id, apiKey: key };
  }
  await store.keys.createWithKey({ ...owner, key: givenKey });
  return { projectId: project._id, apiKey: givenKey };
}
