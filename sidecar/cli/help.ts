/** The help texts of the command line. */

export const HELP = `SeisProc: seismic processing where every long operation is a job

Usage: seisproc [FILE.sgy] [--browser] [--no-open]
       seisproc COMMAND [OPTIONS]

Without a command the window opens, with the file if one is named. --browser serves it to a browser until standard
input ends; with --no-open the address is only printed, as a line of JSON. The port is 47211, or what SEISPROC_PORT says.

  scan FILE.sgy          what a SEG-Y file holds and what is odd about it
  run FLOW.json          run a flow of processes over a survey
  import FILE.sgy        make a dataset of a SEG-Y file
  export DATASET         write a dataset or SEG-Y file as SEG-Y
  headers FILE           a table of header words, of any size
  text FILE              the text or binary header alone, or a copy with another text header
  jobs                   list, watch, pause, resume, cancel and retry jobs
  processes [ID]         the processes with their parameters
  demo                   a synthetic line through the whole way
  serve                  the loopback server for a window

seisproc COMMAND --help explains a command. seisproc --version prints the version.

Exit status: 0 completed, 1 failed, 2 wrong usage, 3 cancelled, 4 paused or interrupted (can be resumed).
`;

/** How every command that reads a survey can be told to read it. */
const READING = `  --read format=ibm,endian=little,samples=1500,intervalUs=2000,extendedTexts=2
                       any of these in place of what the file says; formats: ibm ieee ieee64 int8 int16 int24 int32
                       int64 uint8 uint16 uint24 uint32 uint64 gain, or a code; what is overruled is said
  --map cdp=21:int32   read a header word at another byte (from 1) or with another type: int8 int16 int32 int64 uint8
                       uint16 uint32 uint64 float32 float64 ibm32; may be given several times`;

/** How a part of a survey is taken, wherever traces are. */
const CHOICE =
  `  --select EXPR        only traces for which the expression over header words holds, in their units, with the signs
                       and functions of header_math: "iline >= 1200 && offset < 2000 && trid == 1"
  --traces A-B         only these traces of the file, counted from 1`;

const COMMAND_HELP: Readonly<Record<string, string>> = {
  scan: `Usage: seisproc scan FILE.sgy [--read ...] [--map WORD=BYTE:TYPE ...] [--json]

Takes SEG-Y and Seismic Unix files (.su, also by their content). Says what the file holds: format, revision, byte order, traces, samples, interval, text headers, header ranges, and
what is odd about it. It reads headers, not samples: NaN in samples is counted when a flow runs.

${READING}

A file that is damaged is described as far as it can be read. Exit status 0 when there is a trace that can be read, else 1.

Examples
  seisproc scan line.sgy
  seisproc scan line.sgy --json
  seisproc scan line.sgy --read endian=little,samples=1500 --map cdp=193:int32
`,
  run: `Usage: seisproc run FLOW.json [--input P] [--output P] [--read ...] [--map WORD=BYTE:TYPE ...]
                          [--select EXPR] [--traces A-B] [--workers N] [--json] [--on-error fail|skip]

Runs a flow over its input into its output. Paths in the flow count from the flow's folder, --input and --output from
the current one.

  --input P            read P in place of the flow's input
  --output P           write P in place of the flow's output; .zarr is a dataset, .su Seismic Unix (little-endian, traces
                       alone: no text header and no history), all else SEG-Y
${READING}
                       both win over what the flow says in "input": { "read": { ... } }
${CHOICE}
                       in a flow "input": { "select": "...", "traces": [A, B] }; chosen traces make the gathers
  --workers N          workers, one for each core unless told
  --on-error fail      a gather that fails ends the job (default)
  --on-error skip      a gather that fails passes through unprocessed and is listed in the result
  --json               JSON lines on stdout: the job's id first, then progress, at the end the result

Ctrl-C once finishes the blocks in hand and leaves the job to be resumed (exit status 4); twice cancels it.

Examples
  seisproc run brute_stack.json
  seisproc run filter.json --input "line 7.sgy" --output filtered.sgy --workers 4
`,
  import: `Usage: seisproc import FILE.sgy --to NAME.zarr [--read ...] [--map WORD=BYTE:TYPE ...]
                             [--copy [--select EXPR] [--traces A-B]] [--workers N] [--json]

Scans the trace headers into the columns of a dataset; the samples stay in the SEG-Y file. With --copy the samples go
into the dataset too, as plain Zarr v3.

${READING}
  --copy               copy the samples
${CHOICE}

Examples
  seisproc import line.sgy --to line.zarr
  seisproc import line.sgy --to line.zarr --map cdp=193:int32 --map offset=37:int32 --copy
`,
  export:
    `Usage: seisproc export DATASET --to FILE.sgy [--format ieee|ibm|int16|int32|int8] [--endian big|little]
                             [--read ...] [--map WORD=BYTE:TYPE ...] [--select EXPR] [--traces A-B]
                             [--workers N] [--json]

Writes a dataset, a SEG-Y file or a Seismic Unix file as SEG-Y or, where the name ends in .su, as Seismic Unix.

  --format, --endian   what is written: sample format (ieee) and byte order (big; little for Seismic Unix)
${READING}
${CHOICE}

Examples
  seisproc export line.zarr --to line.sgy
  seisproc export line.zarr --to line.sgy --format ibm --endian big
  seisproc export line.sgy --to line.su
`,
  headers: `Usage: seisproc headers FILE [--words W,W] [--select EXPR] [--traces A-B] [--csv | --json]
                              [--read ...] [--map WORD=BYTE:TYPE ...]

Prints header words of a SEG-Y file or a dataset, one trace a line with its number in the file, values as they are
stored. It streams: the table may be larger than memory.

  --words iline,xline  these words, by name or alias; without it a person sees those that are not zero in the first
                       1000 traces, --csv and --json have all
${CHOICE}
  --csv                comma-separated values with a first line of names
  --json               JSON lines, one object a trace
${READING}

Examples
  seisproc headers line.sgy
  seisproc headers line.sgy --words iline,xline,offset --select "offset < 500" --csv > headers.csv
`,
  text: `Usage: seisproc text FILE [--binary] [--extended] [--json] [--read ...]
       seisproc text FILE --set NEW.txt [--to COPY] [--json] [--read ...]

Prints the text header of a SEG-Y file or a dataset, 40 lines and nothing else.

  --binary             the fields of the binary header instead, by name
  --extended           the extended text headers instead, an empty line between two
  --set NEW.txt        writes a copy of the file with this text header: up to 40 lines of up to 80 characters; samples
                       stay in their format, what was done stands in an extended text header. The file itself is never
                       changed. A flow does the same with "output": { "text": { "file": "NEW.txt" } }
  --to COPY            where the copy goes; FILE.text.sgy beside the file unless told
  --json               JSON

Examples
  seisproc text line.sgy > line.txt
  seisproc text line.sgy --set line.txt --to named.sgy
`,
  jobs:
    `Usage: seisproc jobs list | show ID | watch [ID] | pause ID | resume ID | cancel ID | retry ID | remove ID  [--json]

Lists and steers jobs wherever they run: in the desktop or in another terminal's seisproc run. An ID may be shortened.
watch without an ID shows all that runs until nothing does. remove also takes a folder that cannot be read as a job,
with what the job left beside its output.

  --keep-partial       with cancel: leave the partial output as .part instead of removing it
  --json               JSON lines

Examples
  seisproc jobs list
  seisproc jobs watch
  seisproc jobs watch ID
  seisproc jobs pause ID
`,
  processes: `Usage: seisproc processes [ID] [--json]

Lists the processes, or explains one: what it does, its formula, its parameters with units, limits and defaults.

Examples
  seisproc processes
  seisproc processes bandpass
`,
  serve: `Usage: seisproc serve [--port N]

Serves jobs and data to a window on 127.0.0.1. Prints one line of JSON with its url and token, and ends when its standard
input ends; running jobs are then interrupted and can be resumed. PROTOCOL.md says what it speaks.

Example
  seisproc serve
`,
  demo: `Usage: seisproc demo [--dir D] [--json]

Makes a synthetic prestack line, scans it, runs a brute-stack flow over it and says what it did and where it lies.

Example
  seisproc demo --dir demo
`,
};

export function commandHelp(command: string): string | undefined {
  return COMMAND_HELP[command];
}
