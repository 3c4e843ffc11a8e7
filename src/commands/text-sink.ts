import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandFailed } from './failure.ts';

/** Where a long text is written, piece after piece. */
export interface TextSink {
  write(text: string): Promise<void>;
  /** Says that the text is whole. Before that, a file is not there, or is what it was. */
  finish(): Promise<void>;
  /** Gives up: what was written into a file is gone. Safe to call again, and after {@link TextSink.finish}. */
  abandon(): Promise<void>;
  /** In bytes. */
  readonly written: number;
}

/** Standard output, in no hurry: whoever reads slowly keeps the text from piling up here. */
export function standardOutput(): TextSink {
  let written = 0;
  return {
    get written() {
      return written;
    },
    async write(text) {
      written += Buffer.byteLength(text);
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    },
    async finish() {
      // Else the prompt would stand behind the last element.
      if (process.stdout.isTTY) process.stdout.write('\n');
    },
    async abandon() {},
  };
}

// It holds names and addresses.
const OWNER_ONLY = 0o600;

/**
 * A file that comes into being whole or not at all: written beside its place, then moved there. A file that is there keeps
 * its permissions. Throws {@link CommandFailed} where it cannot be written.
 */
export async function openFile(path: string): Promise<TextSink> {
  const target = await realpath(path).catch(() => resolve(path));
  const before = await stat(target).catch(() => undefined);
  if (before && !before.isFile()) throw cannotWrite(path, 'it is no ordinary file');
  // The name says what it is should the machine lose power.
  const part = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.part`);
  const removePart = () => rmSync(part, { force: true });
  let written = 0;
  let handle: FileHandle | undefined;
  try {
    handle = await open(part, 'wx', before ? before.mode & 0o777 : OWNER_ONLY);
  } catch (error) {
    throw cannotWrite(path, error);
  }
  const file = handle;
  // Whatever ends the process.
  process.once('exit', removePart);
  const abandon = async () => {
    await file.close().catch(() => {});
    removePart();
    process.off('exit', removePart);
  };
  const orFailed = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      await abandon();
      throw cannotWrite(path, error);
    }
  };
  return {
    get written() {
      return written;
    },
    abandon,
    write: (text) =>
      orFailed(async () => {
        await file.appendFile(text);
        written += Buffer.byteLength(text);
      }),
    finish: () =>
      orFailed(async () => {
        await file.sync();
        await file.close();
        await rename(part, target);
        process.off('exit', removePart);
      }),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is no folder',
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
};

function cannotWrite(path: string, reason: unknown): CommandFailed {
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : '';
  const words = typeof reason === 'string' ? reason : (REASONS[code] ?? (code || 'unknown error'));
  return new CommandFailed(`${path} cannot be written: ${words}`, { exitCode: 2, cause: reason });
}
