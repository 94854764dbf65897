// Processor time and memory of processes with their children, from /proc.
import fs from 'node:fs';

const read = (file) => { try { return fs.readFileSync(file, 'latin1'); } catch { return ''; } };
function stat(pid) {
  const text = read(`/proc/${pid}/stat`); if (!text) return null;
  const field = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(field[1]), ticks: Number(field[11]) + Number(field[12]) + Number(field[13]) + Number(field[14]) };
}
function tree(roots) {
  const children = new Map();
  for (const name of fs.readdirSync('/proc')) { if (!/^\d+$/.test(name)) continue; const s = stat(name); if (s) { if (!children.has(s.parent)) children.set(s.parent, []); children.get(s.parent).push(Number(name)); } }
  const all = new Set(); const open = [...roots]; while (open.length) { const pid = open.pop(); if (all.has(pid)) continue; all.add(pid); open.push(...(children.get(pid) ?? [])); }
  return [...all];
}
/** Milliseconds, kernel and user, ended children included. */
export const cpuMs = (roots) => tree(roots).reduce((sum, pid) => sum + (stat(pid)?.ticks ?? 0), 0) * 10;
export const rssMB = (roots) => Math.round(tree(roots).reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0), 0) / 102.4) / 10;
/** JSON round trips of one small document a millisecond: the machine's speed just now, for comparing runs. */
export function mark() {
  const text = JSON.stringify({ labels: { a: 'x'.repeat(40), b: 'y'.repeat(40) }, annotations: { c: 'z'.repeat(400) }, at: '2026-01-01T00:00:00Z' }); let n = 0;
  const round = (ms) => { const end = performance.now() + ms; for (n = 0; performance.now() < end; n++) JSON.stringify(JSON.parse(text)); return n / ms; };
  round(100); return Math.round(round(300));
}
