/** What ends a command that follows jobs: a signal, a hang-up of its terminal, or the death of whoever started it. */
import { onHangUp } from "./hang_up.ts";
import { LaunchWatch } from "./launch_watch.ts";

/** Calls `end` with the reason when this process is to end; returns how to stop listening. */
export function whenToldToEnd(end: (why: string) => void): () => void {
  const watch = new LaunchWatch(() => end("the program that started it is gone"));
  const terminated = () => end("terminated");
  const stops = [onHangUp(terminated)];
  if (Deno.build.os !== "windows") stops.push(onSignal("SIGTERM", terminated));
  return () => {
    watch.close();
    for (const stop of stops) stop();
  };
}

/**
 * Ctrl-C comes from the terminal, from the launcher that hands it on (as SIGUSR2), or from both: then it counts once.
 * `interrupted` is called with the number of times so far.
 */
export function onInterrupt(interrupted: (times: number) => void): () => void {
  const arrived = { direct: 0, handedOn: 0 };
  let times = 0;
  const by = (way: keyof typeof arrived) => () => {
    arrived[way]++;
    if (arrived[way] > times) interrupted(++times);
  };
  const stops = [onSignal("SIGINT", by("direct"))];
  if (Deno.build.os !== "windows") stops.push(onSignal("SIGUSR2", by("handedOn")));
  return () => stops.forEach((stop) => stop());
}

function onSignal(signal: Deno.Signal, act: () => void): () => void {
  Deno.addSignalListener(signal, act);
  return () => Deno.removeSignalListener(signal, act);
}
