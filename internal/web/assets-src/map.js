// The map's small script: a slider of days, and the way to a map that can be moved. The page works
// without it; what it shows is what the page was sent.
const figure = document.getElementById('map');
const data = figure.dataset;
const tools = document.createElement('div');
tools.className = 'maptools';
figure.prepend(tools);

const day = 86400000;
const iso = ms => new Date(ms).toISOString().slice(0, 10);
const words = ms => new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' }).format(ms);

// address gives the page's own address on another day.
function address(ms) {
  const u = new URL(location.href);
  u.searchParams.set('at', iso(ms));
  u.hash = '';
  return u;
}

let gl = null; // the map that can be moved, once it was asked for

function slider() {
  const first = Date.parse(data.first), last = Date.parse(data.last), now = Date.parse(data.day);
  if (!(first < last)) return;
  const label = document.createElement('label');
  const name = document.createElement('span');
  name.textContent = data.wordsDay;
  const range = document.createElement('input');
  range.type = 'range';
  range.min = '0';
  range.max = String(Math.round((last - first) / day));
  range.value = String(Math.round((now - first) / day));
  const out = document.createElement('output');
  const at = () => first + Number(range.value) * day;
  const tell = () => {
    out.textContent = words(at());
    range.setAttribute('aria-valuetext', out.textContent);
  };
  tell();
  range.addEventListener('input', tell);
  range.addEventListener('change', () => location.assign(address(at())));
  label.append(name, range, out);
  tools.append(label);
}

function button(text, act) {
  const b = document.createElement('button');
  b.type = 'button';
  b.textContent = text;
  b.addEventListener('click', act);
  return b;
}

const svg = figure.querySelector('svg.map');
const move = button(data.wordsMove, async () => {
  move.disabled = true;
  move.textContent = data.wordsWait;
  try {
    gl ??= await import(data.script);
    await gl.show(figure, svg);
    move.remove();
  } catch (fault) {
    // No WebGL, or no line: the drawing stays.
    svg.hidden = false;
    move.textContent = data.wordsFailed;
    figure.dataset.failed = String(fault && fault.message || fault);
  }
});
slider();
tools.append(move);
figure.dataset.ready = 'true';
