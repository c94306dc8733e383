import type { Store } from "@call-log/store";

/** Id of the project that a first start makes; fixed, so that scripts can count on it. */
const DEMO_PROJECT_ID = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";

/** What a start made or found: the Demo project, and the key that is shown this once. */
export interface Bootstrap {
  projectId: string;
  /** The key that was made, to be shown this once; undefined when there is no new one: keys are stored as hashes. */
  newKey?: string;
  /** A key was given by BOOTSTRAP_API_KEY; it is never shown. */
  isKeyGiven: boolean;
}

/** Give an empty database a project and an owner's key. A key that was asked for is made on every start, if it is not there. */
export async function bootstrap(store: Store, givenKey: string | undefined): Promise<Bootstrap> {
  const [present] = await store.projects.list();
  const project = present ?? (await store.projects.create({ id: DEMO_PROJECT_ID, name: "Demo" }));
  const projectId = (await store.projects.find(DEMO_PROJECT_ID))?._id ?? project._id;
  const owner = { projectId, permissions: ["Project Owner" as const], name: "bootstrap" };
  if (givenKey !== undefined) {
    await store.keys.createWithKey({ ...owner, key: givenKey });
    return { projectId, isKeyGiven: true };
  }
  if (present !== undefined) return { projectId, isKeyGiven: false };
  const { key } = await store.keys.create(owner);
  return { projectId, isKeyGiven: false, newKey: key };
}
