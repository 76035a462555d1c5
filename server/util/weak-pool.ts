/** Objects by key: one and the same for a key for as long as somebody holds it, so that many holders share it. */
export class WeakPool<T extends object> {
  private readonly refs = new Map<string, WeakRef<T>>();
  private readonly gone = new FinalizationRegistry<string>((key) => {
    if (this.refs.get(key)?.deref() === undefined) this.refs.delete(key);
  });

  get(key: string, make: () => T): T {
    const known = this.refs.get(key)?.deref();
    if (known !== undefined) return known;
    const made = make();
    this.refs.set(key, new WeakRef(made));
    this.gone.register(made, key);
    return made;
  }
}
