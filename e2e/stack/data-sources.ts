/** What the page may see of a data source: the secrets that are set, not what they are. */
export interface SavedDataSource {
  readonly uid: string;
  readonly name: string;
  readonly url: string;
  readonly basicAuth: boolean;
  readonly basicAuthUser: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
  readonly secureJsonFields: Readonly<Record<string, boolean>>;
}

export interface DataSourceUpdate extends Partial<SavedDataSource> {
  readonly secureJsonData?: Readonly<Record<string, string>>;
}

/** Grafana's store of data sources: secrets go in and never come out to the page. */
export class DataSources {
  readonly #saved = new Map<string, SavedDataSource>();
  readonly #secrets = new Map<string, Record<string, string>>();

  get(uid: string): SavedDataSource | undefined {
    return this.#saved.get(uid);
  }

  all(): SavedDataSource[] {
    return [...this.#saved.values()];
  }

  /** For the proxy alone. */
  secrets(uid: string): Readonly<Record<string, string>> {
    return this.#secrets.get(uid) ?? {};
  }

  /** As Grafana: a secret that is not sent stays, unless its field was reset (false in secureJsonFields). */
  save(uid: string, update: DataSourceUpdate): SavedDataSource {
    const before = this.#saved.get(uid);
    const kept = Object.entries(this.secrets(uid)).filter(([name]) => update.secureJsonFields?.[name] !== false);
    const sent = Object.entries(update.secureJsonData ?? {}).filter(([, value]) => value !== '');
    const secrets = Object.fromEntries([...kept, ...sent]);
    const saved: SavedDataSource = {
      uid,
      name: update.name ?? before?.name ?? uid,
      url: update.url ?? before?.url ?? '',
      basicAuth: update.basicAuth ?? before?.basicAuth ?? false,
      basicAuthUser: update.basicAuthUser ?? before?.basicAuthUser ?? '',
      jsonData: update.jsonData ?? before?.jsonData ?? {},
      secureJsonFields: Object.fromEntries(Object.keys(secrets).map((name) => [name, true])),
    };
    this.#saved.set(uid, saved);
    this.#secrets.set(uid, secrets);
    return saved;
  }
}
