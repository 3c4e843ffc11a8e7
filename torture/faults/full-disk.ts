import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../../test/support/at-exit.ts';

/** A small disk of its own that can be filled to the last byte. */
export interface FullDisk {
  /** A folder on it, for whoever shall run out of space; not made yet. */
  readonly folder: string;
  /** Takes all the space that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  /** Takes the disk away, with all that is on it. Safe to call again. */
  remove(): void;
}

const CHUNKS = [1024 * 1024, 4096, 1].map((size) => Buffer.alloc(size));

/**
 * Mounts a tmpfs. No file-size limit stands in for it where that is not allowed: such a limit is another error (EFBIG), for
 * which no server waits. Throws with what is needed.
 */
export function mountSmallDisk(megabytes: number): FullDisk {
  const mountPoint = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', mountPoint], {
      stdio: 'pipe',
    });
  } catch (cause) {
    rmdirSync(mountPoint);
    throw new Error(
      'A disk that runs full is a small tmpfs, which this account may not mount: run as root with CAP_SYS_ADMIN (docker run --cap-add SYS_ADMIN --security-opt apparmor=unconfined).',
      { cause },
    );
  }
  const filling = join(mountPoint, 'filling');
  let isMounted = true;
  const unmount = () => {
    if (!isMounted) return;
    isMounted = false;
    // Lazily: a server that was just killed may still have files open.
    execFileSync('umount', ['--lazy', mountPoint]);
    rmdirSync(mountPoint);
  };
  const forget = atExit(unmount);
  return {
    folder: join(mountPoint, 'server'),
    fill() {
      const file = openSync(filling, 'a');
      try {
        for (const chunk of CHUNKS) writeWhileThereIsSpace(file, chunk);
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filling, { force: true }),
    remove() {
      forget();
      unmount();
    },
  };
}

function writeWhileThereIsSpace(file: number, chunk: Buffer): void {
  try {
    for (;;) writeSync(file, chunk);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
