'use strict';

// While runs run, the page follows them: the server says by events which run has changed, and
// the page asks for the document of the one it shows. What the reader picked stays.

const again = 3000; // milliseconds, until a page asks again after it got no answer
const moment = 200; // milliseconds, in which runs that change are gathered

// watchRuns begins to follow the runs of a server. live is type Live of the page: URLs.
function watchRuns(live, { page, before, notice }) {
  const w = { live, page, notice, runs: [], shown: '', asking: false, source: null, since: null, gathering: false };
  picked.run = new URLSearchParams(location.search).get('run') || '';
  w.list = runsSection((name) => chooseRun(w, name));
  w.list.node.hidden = true;
  before.before(w.list.node);
  document.addEventListener('visibilitychange', () => (resting(w) ? hangUp(w) : listen(w)));
  listen(w);
}

// listen opens the stream of events. A browser tries again by itself when a stream breaks, but
// not when it was refused.
function listen(w) {
  if (w.source || resting(w)) return;
  w.source = new EventSource(w.live.events);
  w.source.addEventListener('open', () => {
    w.since = null;
    w.notice('');
  });
  w.source.addEventListener('error', () => {
    w.since ??= new Date();
    w.notice(lostWords(w.since));
    if (w.source && w.source.readyState === EventSource.CLOSED) {
      hangUp(w);
      setTimeout(() => listen(w), again);
    }
  });
  w.source.addEventListener('runs', (event) => takeRuns(w, JSON.parse(event.data)));
  w.source.addEventListener('run', (event) => takeRun(w, JSON.parse(event.data)));
}

// resting says whether a page is behind another tab and needs no news: browsers have few
// connections. One whose server goes with the run stays, or it would miss the end.
function resting(w) { return document.hidden && !w.live.stay; }

// hangUp closes the stream.
function hangUp(w) {
  w.since ??= new Date();
  if (w.source) w.source.close();
  w.source = null;
}

// lostWords says since when a page has had no news, and where there may be some.
function lostWords(since) {
  const part = (options) => since.toLocaleString('en-GB', options);
  const day = since.toDateString() === new Date().toDateString() ? '' : ` on ${part({ day: 'numeric', month: 'short' })}`;
  return `Connection lost${day} at ${part({ hour: '2-digit', minute: '2-digit' })}, trying again. If the program has ended: autolfads dashboard RUN, or report.html in the folder of the run.`;
}

function takeRuns(w, runs) {
  w.runs = runs || [];
  settleRuns(w);
}

function takeRun(w, run) {
  const at = w.runs.findIndex((r) => r.name === run.name);
  if (at < 0) w.runs.push(run);
  else w.runs[at] = run;
  settleSoon(w);
}

// settleSoon settles once for all runs that change within a moment.
function settleSoon(w) {
  if (w.gathering) return;
  w.gathering = true;
  setTimeout(() => {
    w.gathering = false;
    settleRuns(w);
  }, moment);
}

// settleRuns shows the list if there are several runs, and the run that is picked: at first one
// that runs.
function settleRuns(w) {
  if (w.runs.length > 0 && !w.runs.some((r) => r.name === picked.run)) {
    picked.run = (w.runs.find((r) => r.state.status === 'running') || w.runs[0]).name;
  }
  w.list.node.hidden = w.runs.length === 1;
  w.list.update(w.runs);
  const run = pickedRun(w);
  w.notice(!run ? 'No run is here yet: one that begins appears by itself.' : run.fault ? `${run.name}: ${run.fault}` : '');
  if (run && run.fault) turnTo(w, run);
  askDocument(w);
}

// turnTo takes another run's content off the page, for one that has none to show; its own stays.
function turnTo(w, run) {
  if (!w.page.turn(run.name)) return;
  w.shown = '';
  document.title = `${run.name} · AutoLFADS`;
}

function chooseRun(w, name) {
  picked.run = name;
  const url = new URL(location.href);
  url.searchParams.set('run', name);
  history.replaceState(null, '', url);
  settleRuns(w);
}

function pickedRun(w) { return w.runs.find((r) => r.name === picked.run); }

// askDocument asks for the document of the run picked if the one shown is another, one question at
// a time. A run that was not read yet, or cannot be, has none: news of it will come.
async function askDocument(w) {
  const run = pickedRun(w);
  if (w.asking || !run || run.fault || !run.version) return;
  const wanted = JSON.stringify([run.name, run.version]);
  if (w.shown === wanted) return;
  w.asking = true;
  try {
    const answer = await fetch(w.live.document.replace('{name}', encodeURIComponent(run.name)), { cache: 'no-cache' });
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 300) || answer.statusText);
    const d = await answer.json();
    if (picked.run === run.name) showDocument(w, { ...d, name: run.name }, wanted);
  } catch (fault) {
    if (picked.run === run.name) {
      turnTo(w, run);
      w.notice(`${run.name} cannot be shown now: ${fault.message}`);
    }
    await new Promise((done) => { setTimeout(done, again); });
  } finally {
    w.asking = false;
  }
  askDocument(w);
}

function showDocument(w, d, wanted) {
  w.page.show(d);
  document.title = titleWords(d);
  w.shown = wanted;
  w.notice('');
}

function titleWords(d) {
  const status = d.state.status === 'finished' ? '' : ` (${d.state.status})`;
  return `${titleOf(d)}${status} · AutoLFADS`;
}
