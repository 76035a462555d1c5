import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Manifest {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly buildMode?: string;
  readonly metrics?: boolean;
  readonly annotations?: boolean;
  readonly streaming?: boolean;
  readonly alerting?: boolean;
  readonly backend?: boolean;
  readonly info: {
    readonly description?: string;
    readonly author?: { readonly name?: string; readonly url?: string };
    readonly keywords?: readonly string[];
    readonly logos: { readonly small: string; readonly large: string };
    readonly links?: readonly { readonly name: string; readonly url: string }[];
    readonly screenshots?: readonly { readonly name: string; readonly path: string }[];
    readonly version: string;
    readonly updated: string;
  };
  readonly includes?: readonly { readonly type: string; readonly name: string; readonly path: string }[];
  readonly dependencies: { readonly grafanaDependency: string };
}

export interface PackageJson {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What belongs in the archive of what lies in dist/, which the collector and what is copied for tests share. */
const SHIPPED =
  /^(module\.js|module\.js\.map|\d+\.js|\d+\.js\.map|plugin\.json|README\.md|CHANGELOG\.md|LICENSE|MANIFEST\.txt)$|^(img|dashboards)\//;

/** The project's files, by paths below its root. */
export class Project {
  readonly root: string;

  constructor(root: string = fileURLToPath(new URL('../..', import.meta.url))) {
    this.root = root;
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  read(path: string): Buffer {
    return readFileSync(join(this.root, path));
  }

  text(path: string): string {
    return this.read(path).toString('utf8');
  }

  json(path: string): unknown {
    return JSON.parse(this.text(path));
  }

  packageJson(): PackageJson {
    return this.json('package.json') as PackageJson;
  }

  /** The one in src/ as it is written, or the one in dist/ with version and date filled in. */
  manifest(folder: 'src' | 'dist'): Manifest {
    return this.json(`${folder}/plugin.json`) as Manifest;
  }

  /** All files below a folder, with paths below that folder, sorted. */
  files(folder: string): string[] {
    if (!this.has(folder)) {
      return [];
    }
    return readdirSync(join(this.root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(this.root, folder).length + 1))
      .map((path) => path.replaceAll('\\', '/'))
      .sort();
  }

  /** Paths below dist/. */
  shippedFiles(): string[] {
    return this.files('dist').filter((path) => SHIPPED.test(path));
  }
}
