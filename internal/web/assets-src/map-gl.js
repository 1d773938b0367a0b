// The map that can be moved: MapLibre with a style made here, of the site's own data. It fetches nothing from
// elsewhere: no tiles, no letters, no pictures. Labels are HTML, so that they are the reader's own fonts.
let maplibregl;

const size = 24; // of a pattern's square, in its own pixels: two to a pixel of the screen

// colour reads a colour of the site's style sheet.
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// hatching draws lines in a direction as a square that joins itself on all sides.
function hatching(angle, ink, width, dashes = []) {
  const c = document.createElement('canvas');
  c.width = c.height = size;
  const g = c.getContext('2d', { willReadFrequently: true });
  g.strokeStyle = ink;
  g.lineWidth = width;
  g.setLineDash(dashes.map(d => d * size / 16));
  const lines = { 0: [[0, 6, size, 6], [0, 18, size, 18]], 90: [[6, 0, 6, size], [18, 0, 18, size]] }[angle] ?? [[-size, 0, size * 2, size * 3], [-size, -size, size * 2, size * 2], [-size, -size * 2, size * 2, size]].map(
    ([a, b, x, y]) => angle < 90 ? [size - a, b, size - x, y] : [a, b, x, y]);
  for (const [a, b, x, y] of lines) {
    g.beginPath();
    g.moveTo(a, b);
    g.lineTo(x, y);
    g.stroke();
  }
  return g.getImageData(0, 0, size, size);
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address + ': ' + answer.status);
  return answer.json();
}

const of = (...tests) => ['all', ...tests];
const is = (key, ...values) => ['in', ['get', key], ['literal', values]];

// layers is the style's list, lowest first.
function layers(claimants, sources) {
  const ink = colour('--soft'), hair = colour('--hair'), accent = colour('--accent'), water = colour('--water'), shore = colour('--water-line');
  const line = (id, filter, paint, source = 'base') => ({ id, source, type: 'line', filter, paint, layout: { 'line-join': 'round' } });
  const fill = (id, filter, paint, source = 'base') => ({ id, source, type: 'fill', filter, paint });
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': colour('--paper') } },
    fill('water', is('draws', 'sea', 'lake'), { 'fill-color': water }),
    line('rivers', is('draws', 'river', 'lake'), { 'line-color': shore, 'line-width': 1 }),
    line('coast', is('draws', 'coast'), { 'line-color': colour('--coast'), 'line-width': 1 }),
    line('units', is('status', 'administrative'), { 'line-color': hair, 'line-width': 1, 'line-dasharray': [1, 2.5] }),
    line('borders', is('status', 'recognised'), { 'line-color': ink, 'line-width': 1.2, 'line-dasharray': [7, 2, 1.5, 2] }),
    line('held', is('status', 'line-of-control'), { 'line-color': colour('--ink'), 'line-width': 1.6, 'line-dasharray': [3, 3] }),
    ...claimants.map(code => fill('claim-' + code, of(is('status', 'disputed'), ['has', code, ['get', 'claims']]), { 'fill-pattern': 'claim-' + code })),
    line('disputed', is('status', 'disputed'), { 'line-color': ink, 'line-width': 1.2, 'line-dasharray': [4, 2.5] }),
    ...sources.map(id => fill(id, is('layer', id), { 'fill-pattern': id }, 'control')),
    line('control-edge', true, { 'line-color': colour('--ink'), 'line-width': 1.2 }, 'control'),
    fill('within', is('known', 'within'), { 'fill-pattern': 'within' }, 'reports'),
    line('within-edge', is('known', 'within'), { 'line-color': accent, 'line-width': 1.4 }, 'reports'),
    fill('places', is('known', 'disc', 'sector'), { 'fill-color': accent, 'fill-opacity': 0.45 }, 'reports'),
    line('places-edge', is('known', 'disc', 'sector'), { 'line-color': accent, 'line-width': 1 }, 'reports'),
  ];
}

// bounds is the box around a geometry.
function bounds(geometry) {
  const box = new maplibregl.LngLatBounds();
  const walk = c => typeof c[0] === 'number' ? box.extend(c) : c.forEach(walk);
  walk(geometry.coordinates);
  return box;
}

// middle is where the number of a place stands: at its box's middle.
const middle = geometry => bounds(geometry).getCenter();

function text(name, tag = 'span', className = '') {
  const e = document.createElement(tag);
  e.className = className;
  e.textContent = name;
  return e;
}

const named = (name, lang) => name && (name[lang] ?? name.en ?? Object.values(name)[0]) || '';

// width of a place on the screen, in pixels.
function width(map, geometry) {
  const box = bounds(geometry);
  return Math.abs(map.project(box.getNorthEast()).x - map.project(box.getSouthWest()).x);
}

// labels sets names and numbers. The numbers are those of the page's table, to which they lead.
// Where labels would lie on each other the number stays, then what is claimed, then the greater place.
function labels(map, base, reports, control, lang, claims, held) {
  const list = []; // [element, order]
  const rings = []; // [element, geometry]
  for (const f of base.features) {
    const p = f.properties;
    if (f.geometry.type === 'Point') {
      const e = text(named(p.name, lang), 'span', 'maplabel ' + (p.draws === 'town' ? 'town-name' : 'water-name'));
      new maplibregl.Marker({ element: e, anchor: p.draws === 'town' ? 'left' : 'center' }).setLngLat(f.geometry.coordinates).addTo(map);
      list.push([e, 2 + (p.rank ?? 1)]);
    } else if (p.status === 'disputed') {
      const name = named(p.name, lang), e = text(name, 'span', 'maplabel claimed');
      if (claims.has(name)) e.append(text(claims.get(name), 'small'));
      const marker = new maplibregl.Marker({ element: e }).setLngLat(middle(f.geometry)).addTo(map);
      list.push([e, 1, marker]);
    }
  }
  for (const f of control.features) {
    const said = held.get(f.properties.ref);
    if (!said) continue;
    const e = text(said[0], 'a', 'maplabel claimed');
    e.href = '#claim-' + f.properties.ref;
    if (said[1]) e.append(text(said[1], 'small'));
    const marker = new maplibregl.Marker({ element: e }).setLngLat(middle(f.geometry)).addTo(map);
    list.push([e, 1, marker]);
  }
  const places = new Map();
  for (const f of reports.features) {
    if (!f.geometry) continue;
    const p = f.properties;
    places.set(p.place, { geometry: f.geometry, n: (places.get(p.place)?.n ?? 0) + 1, within: p.known === 'within' });
  }
  for (const [no, place] of places) {
    const e = text(place.n > 1 ? no + ' ×' + place.n : String(no), 'a', 'maplabel number');
    e.href = '#place-' + no;
    new maplibregl.Marker({ element: e, anchor: place.within ? 'center' : 'left', offset: place.within ? [0, 0] : [12, 0] }).setLngLat(middle(place.geometry)).addTo(map);
    list.push([e, 0]);
    if (!place.within) {
      const ring = text('', 'span', 'mapring');
      new maplibregl.Marker({ element: ring }).setLngLat(middle(place.geometry)).addTo(map);
      rings.push([ring, place.geometry]);
    }
  }
  list.sort((x, y) => x[1] - y[1]);
  const sift = () => {
    for (const [ring, geometry] of rings) ring.classList.toggle('off', width(map, geometry) > 18);
    const taken = rings.map(([ring]) => ring.getBoundingClientRect());
    const deepest = 3.2 + Math.max(0, map.getZoom() - map.fittedZoom) * 1.5; // ranks that are shown
    const clear = r => !taken.some(t => r.left < t.right && t.left < r.right && r.top < t.bottom && t.top < r.bottom);
    for (const [e, order, marker] of list) {
      marker?.setOffset([0, 0]);
      let r = e.getBoundingClientRect(), free = order === 0 || order <= deepest + 1 && clear(r);
      // What is claimed is said where there is room near the middle of its area.
      for (const dy of marker ? [22, -22, 40, -40, 60, -60] : []) {
        if (free) break;
        const moved = new DOMRect(r.x, r.y + dy, r.width, r.height);
        if (clear(moved)) {
          marker.setOffset([0, dy]);
          r = moved;
          free = true;
        }
      }
      e.classList.toggle('off', !free);
      if (free) taken.push(r);
    }
  };
  map.on('moveend', sift);
  map.on('resize', sift);
  sift();
}

// show puts a map in the drawing's place.
export async function show(figure, svg) {
  const data = figure.dataset, lang = document.documentElement.lang;
  const [base, reports, control] = await Promise.all([data.layers, data.reports, data.control].map(a => a ? fetched(a) : { type: 'FeatureCollection', features: [] }));
  const shown = new Set(data.shown.split(' '));
  base.features = base.features.filter(f => shown.has(f.properties.layer));
  control.features = control.features.filter(f => f.geometry && shown.has(f.properties.layer));
  const sources = [...shown].filter(id => id.startsWith('_control-')), dashes = data.dashes.split(',').map(d => d.split(' ').filter(Boolean).map(Number));
  const claimants = data.claimants ? data.claimants.split(' ') : [];
  const frame = document.createElement('div');
  frame.className = 'mapframe';
  frame.setAttribute('aria-label', svg.querySelector('title').textContent);
  svg.before(frame);
  svg.setAttribute('hidden', '');
  try {
    await import(data.library);
    maplibregl = globalThis.maplibregl;
    maplibregl.setWorkerUrl(data.worker);
    const box = data.box.split(' ').map(Number);
    const map = new maplibregl.Map({
      container: frame, attributionControl: false, /* a wheel and one finger move the page; two fingers and a wheel with a key the map */ dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, maxZoom: 10,
      cooperativeGestures: true, locale: { 'Map.Title': frame.getAttribute('aria-label') }, bounds: [[box[0], box[1]], [box[2], box[3]]], renderWorldCopies: false,
      style: { version: 8, sources: Object.fromEntries([['base', base], ['reports', reports], ['control', control]].map(([id, d]) => [id, { type: 'geojson', data: d }])), layers: [] },
    });
    map.touchZoomRotate.disableRotation();
    await map.once('load');
    const paint = () => {
      for (const l of [...map.getStyle().layers]) map.removeLayer(l.id);
      const pictures = { within: [0, '--accent', 2.2] };
      sources.forEach((id, i) => { pictures[id] = [90, '--ink', 1.8, dashes[i % dashes.length]]; });
      claimants.forEach((code, i) => { pictures['claim-' + code] = [45 + i * 180 / claimants.length, '--soft', 1.6]; });
      for (const [id, [angle, ink, width, dash]] of Object.entries(pictures)) {
        if (map.hasImage(id)) map.removeImage(id);
        map.addImage(id, hatching(angle, colour(ink), width, dash), { pixelRatio: 2 });
      }
      for (const l of layers(claimants, sources)) map.addLayer(l.filter === true ? { ...l, filter: ['literal', true] } : l);
    };
    paint();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
    map.fittedZoom = map.getZoom();
    // What the drawing says of an area that is claimed, by the area's name.
    const claims = new Map([...svg.querySelectorAll('text.claimed.desk')].map(e => [e.firstChild.textContent, e.querySelector('.second')?.textContent ?? '']));
    const held = new Map([...svg.querySelectorAll('text.held.desk')].map(e => [e.firstChild.textContent.split(' ')[0], [e.firstChild.textContent, e.querySelector('.second')?.textContent ?? '']]));
    labels(map, base, reports, control, lang, claims, held);
    frame.prepend(buttons(map, box, data));
    await map.once('idle');
    figure.dataset.moving = 'true';
  } catch (fault) {
    frame.remove();
    svg.removeAttribute('hidden');
    throw fault;
  }
}

function buttons(map, box, data) {
  const bar = document.createElement('div');
  bar.className = 'mapbuttons';
  for (const [sign, name, act] of [
    ['+', data.wordsIn, () => map.zoomIn({ duration: 0 })],
    ['−', data.wordsOut, () => map.zoomOut({ duration: 0 })],
    ['⤢', data.wordsWhole, () => map.fitBounds([[box[0], box[1]], [box[2], box[3]]], { duration: 0 })],
  ]) {
    const b = text(sign, 'button');
    b.type = 'button';
    b.title = name;
    b.setAttribute('aria-label', name);
    b.addEventListener('click', act);
    bar.append(b);
  }
  return bar;
}
