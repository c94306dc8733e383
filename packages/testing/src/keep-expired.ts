// https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
const NAMESPACE_NOT_FOUND = 26;

/** What is needed of a collection. */
interface Indexed {
  indexes(): Promise<{ name?: string; expireAfterSeconds?: number }[]>;
  dropIndex(name: string): Promise<unknown>;
}

/**
 * Drop the TTL indexes of collections. A test whose clock stands in the past needs it: the database deletes by its own clock, at any moment
 * of the test.
 */
export async function keepExpired(collections: Readonly<Record<string, Indexed>>): Promise<void> {
  for (const collection of Object.values(collections))
    for (const { name, expireAfterSeconds } of await indexesOf(collection))
      if (name !== undefined && expireAfterSeconds !== undefined) await collection.dropIndex(name);
}

// A collection that nothing was written to, and that has no index of ours, is not there.
async function indexesOf(collection: Indexed) {
  try {
    return await collection.indexes();
  } catch (error) {
    if ((error as { code?: unknown }).code === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
}
