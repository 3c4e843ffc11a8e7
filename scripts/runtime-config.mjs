// buildah inspect --type image IMAGE | node scripts/runtime-config.mjs ROOTFS [options] > config.json
//
// The configuration with which an OCI runtime (runc) runs an image as `docker run --read-only --cap-drop ALL
// --security-opt no-new-privileges --network host` would: what the image itself says of user, folder, environment,
// entry point and command, on a read-only root.
//
//   --env NAME=VALUE       one more variable
//   --mount SOURCE:TARGET  a file or folder of this machine, read-only
//   --command ARGUMENT     instead of the image's command; may be repeated
//   --health-check         only print the image's health check, as a JSON list of arguments

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    env: { type: 'string', multiple: true, default: [] },
    mount: { type: 'string', multiple: true, default: [] },
    command: { type: 'string', multiple: true, default: [] },
    'health-check': { type: 'boolean', default: false },
  },
});
const image = JSON.parse(readFileSync(0, 'utf8')).Docker.config;

const result = values['health-check'] ? image.Healthcheck.Test.slice(1) : runtimeConfig(positionals[0]);
process.stdout.write(`${JSON.stringify(result)}\n`);

function runtimeConfig(rootfs) {
  const [uid, gid] = image.User.split(':').map(Number);
  const command = values.command.length > 0 ? values.command : image.Cmd;
  return {
    ociVersion: '1.0.2',
    hostname: 'bridge',
    root: { path: rootfs, readonly: true },
    process: {
      terminal: false,
      user: { uid, gid },
      args: [...(image.Entrypoint ?? []), ...command],
      env: [...image.Env, ...values.env],
      cwd: image.WorkingDir,
      capabilities: { bounding: [], effective: [], permitted: [], inheritable: [], ambient: [] },
      noNewPrivileges: true,
    },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=65536k'] },
      ...['/etc/resolv.conf:/etc/resolv.conf', '/etc/hosts:/etc/hosts', ...values.mount].map((pair) => {
        const [source, destination] = pair.split(':');
        return { destination, type: 'bind', source, options: ['bind', 'ro'] };
      }),
    ],
    // Without a network of its own: the database listens on this machine's loopback.
    linux: { namespaces: ['pid', 'ipc', 'uts', 'mount'].map((type) => ({ type })) },
  };
}
