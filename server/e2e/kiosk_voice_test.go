package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/web/speech"
)

// ear notes what the page sends to the loudspeaker: it stands between the page's
// sound and its way out, and remembers which clips were fetched.
const ear = `(() => {
  if (window.ear) return 0;
  const connect = AudioNode.prototype.connect;
  const ear = window.ear = { meters: [], fetched: [], missing: [] };
  AudioNode.prototype.connect = function (to, ...more) {
    if (!(to instanceof AudioDestinationNode) || !(this.context instanceof AudioContext)) return connect.call(this, to, ...more);
    const meter = new AnalyserNode(this.context, { fftSize: 2048 });
    ear.meters.push(meter);
    connect.call(this, meter);
    return connect.call(meter, to);
  };
  // How loud it is at this moment, as an RMS of full scale.
  ear.level = () => Math.max(0, ...ear.meters.map((m) => {
    const wave = new Float32Array(m.fftSize);
    m.getFloatTimeDomainData(wave);
    return Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length);
  }));
  const fetchAs = window.fetch;
  console.debug = (what, ...more) => { ear.missing.push([what, ...more].join(' ')); };
  window.fetch = (path, ...more) => { ear.fetched.push(String(path)); return fetchAs(path, ...more); };
  return 0;
})()`

// listen puts the ear on and turns reading on, by the button in the bottom bar.
func (s *screen) listenTo() {
	s.t.Helper()
	eval[any](s, ear)
	s.press(`[data-mode=read]`, "")
}

// hears waits until sound comes out of the loudspeaker.
func (s *screen) hears(what string) {
	s.t.Helper()
	s.until("sound: "+what, `window.ear.level() > 0.01`, patience)
}

// voiceModule is the module the page reads with; importing it gives the same one.
const voiceModule = `(await import('/web/speech.js'))`

// planned gives the keys of the clips for a list, in order, and when each begins and ends.
type plannedClip struct {
	Key      string
	From, To float64
}

func (s *screen) planned(list string) []plannedClip {
	s.t.Helper()
	return eval[[]plannedClip](s, `(async () => (await `+voiceModule+`.plan(`+list+`)).map((x) => ({Key: x.key, From: x.at, To: x.at + x.sound.duration})))()`)
}

func keysOf(clips []plannedClip) []string {
	var keys []string
	for _, c := range clips {
		keys = append(keys, c.Key)
	}
	return keys
}

// TestReadAloud: "Đọc to" reads the screen that stands, each new one, and falls
// silent with the visitor.
func TestReadAloud(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	if eval[bool](k, `performance.getEntriesByType('resource').some((r) => r.name.includes('/web/speech'))`) {
		t.Error("the voice is loaded before anybody wants to hear it")
	}
	k.listenTo()
	k.hears("the first screen")
	k.until("the clips of Vietnamese", `window.ear.fetched.some((p) => p.startsWith('/web/speech/vi/') && p.endsWith('.opus'))`, patience)
	k.shot("reading")
	k.clean("while it is read aloud")

	// Three steps of loudness, from the middle; each is said.
	for _, step := range []string{"3", "1", "2", "3"} {
		k.press("[data-mode=volume]", "")
		k.sees("[data-mode=volume]", vi("k.read.volume", "n", step))
	}

	// A new screen: what was being read stops, and the new one is read.
	meters := eval[int](k, `window.ear.meters.length`)
	k.press(".tile", "Chứng thực")
	k.isOn("confirm")
	k.until("the new screen to be read", fmt.Sprintf(`window.ear.meters.length > %d`, meters), patience)
	k.hears("the confirm screen")

	// Speech follows the language.
	k.press("[data-mode=lang]", "")
	k.until("the clips of English", `window.ear.fetched.some((p) => p.startsWith('/web/speech/en/') && p.endsWith('.opus'))`, patience)
	k.hears("English")

	// Going back is no end: reading stays on.
	k.press(".acts button", en("k.conf.no"))
	k.isOn("home")
	k.hears("the first screen again")
	k.press(".tile", "Certification")
	k.press(".acts button", en("k.conf.yes"))
	k.isOn("ticket")
	k.hears("the number")

	// The session ends: silence, and the next visitor starts without.
	k.press(".acts button", en("k.done.ok"))
	k.isOn("home")
	k.until("silence", `window.ear.level() < 0.001`, patience)
	if pressed := eval[string](k, `document.querySelector('[data-mode=read]').getAttribute('aria-pressed')`); pressed != "false" {
		t.Errorf("reading is on for the next visitor: %s", pressed)
	}
	if step := eval[int](k, `import('/kiosk/reader.js').then((r) => r.loudness.get())`); step != 2 {
		t.Errorf("the next visitor starts with loudness %d", step)
	}
	if eval[bool](k, `(async () => `+voiceModule+`.speaking())()`) {
		t.Error("the next visitor is spoken to")
	}
}

// TestEveryScreenHasItsClips walks over the screens with reading on: no piece of
// what they say is without its clip, in either language.
func TestEveryScreenHasItsClips(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	for range 3 {
		h.take("ho-tich")
	}
	for _, lang := range []string{"vi", "en"} {
		k := h.kiosk(t, "")
		if lang == "en" {
			k.press("[data-mode=lang]", "")
		}
		k.listenTo()
		said := func(screen string) {
			t.Helper()
			k.isOn(screen)
			k.until("the screen to be thought of", `(async () => { const r = await import('/kiosk/reader.js'); await new Promise((done) => setTimeout(done, 100)); return r.speaking() })()`, patience)
			k.until("its clips", `(async () => { const n = window.ear.meters.length; await new Promise((done) => setTimeout(done, 300)); return window.ear.meters.length === n && window.ear.level() >= 0 })()`, patience)
			if missing := eval[[]string](k, `window.ear.missing`); len(missing) > 0 {
				t.Errorf("%s in %s: %q", screen, lang, missing)
			}
			eval[any](k, `window.ear.missing.length = 0`)
		}
		said("home")
		k.press(".tile.pri", "")
		said("groups")
		k.press(".tile", "")
		said("priority")
		k.press(".tile", "")
		said("ticket")
		k.press(".acts .btn:not(.go)", "")
		said("ticket")
		k.press(".acts .btn:not(.go)", "")
		said("cancelled")
		k.moveClock(time.Minute)
		k.isOn("home")
		if lang == "en" {
			k.press("[data-mode=lang]", "")
		}
		k.press("[data-mode=read]", "")
		k.press(".tile", "")
		said("confirm")
	}
}

// TestSoundRefused: a browser that allows no sound, or a server without clips,
// leaves a page that works.
func TestSoundRefused(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.pardon("/web/speech/")
	eval[any](k, `AudioContext.prototype.resume = () => new Promise(() => {}), Object.defineProperty(AudioContext.prototype, 'state', {get: () => 'suspended'}), 0`)
	k.press("[data-mode=read]", "")
	k.until("the voice to give up", `(window.voice ??= null, import('/web/speech.js').then((v) => { window.voice = v; }), window.voice && !window.voice.speaking())`, patience)
	k.takeByTouch("Hộ tịch")
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	eval[any](k, `window.fetch = () => Promise.reject(new Error('no way')), 0`)
	if got := eval[bool](k, `(async () => { const v = await import('/web/speech.js'); await v.speak([{key: 'k.home.q'}]); return v.speaking() })()`); got {
		t.Error("it still believes it is speaking")
	}
}

// TestSentences: numbers, hours and names stand in a sentence where they belong.
func TestSentences(t *testing.T) {
	t.Parallel()
	h := startHallWith(t, "--devices=false", "--voice=none") // what has no clip is left out
	k := h.kiosk(t, "")
	k.pardon(`409 \(Conflict\).*/api/v1/speech`) // there is no program to read it
	for _, c := range []struct {
		list string
		want []string
	}{
		{`[{key: 'k.conf.info', args: {n: 12, m: 25}}]`, []string{"Trước ông/bà có,", "12", "người, chờ khoảng,", "25", "phút"}},
		{`[{key: 'k.done.say', args: {number: {number: 'A012'}}}]`, []string{"Số của ông/bà là,", "A", "0", "1", "2"}},
		{`[{key: 'k.conf.when', args: {time: {time: '08:05'}}}, {key: 'k.conf.when', args: {time: {time: '09:00'}}}]`,
			[]string{"Dự kiến đến lượt", "khoảng,", "8:", ":05", "Dự kiến đến lượt", "khoảng,", "9:00"}},
		{`[{key: 'k.conf.area', args: {area: [{counter: '01'}, {counter: '02'}, {counter: '03'}, {counter: '07'}]}}]`,
			[]string{"Khu vực chờ", "quầy,", "1", "–", "3", "7"}},
		{`[{key: 'k.conf.q', args: {field: {name: {vi: 'Đất đai, xây dựng', en: 'Land'}}}}]`, []string{"Lấy số,", "Đất đai, xây dựng"}},
		{`[{key: 'k.home.sub', args: {n: {key: 'k.home.people', args: {n: 105}}}}]`,
			[]string{"Chạm vào một ô bên dưới để lấy số", "Đang có,", "100", "&", "5", "người", "chờ tại sảnh"}},
		{`[{key: 'k.conf.hours', args: {n: 1025, h: 2.5}}]`, []string{"Trước ông/bà có,", "1000", "0&", "25", "người, chờ khoảng,", "2", ".", "5", "giờ"}},
		{`[{name: {vi: '12 người · khoảng 25 phút'}}]`, []string{"12", "người", "khoảng,", "25", "phút"}},
		{`[{name: {vi: 'Người từ 75 tuổi'}}, {name: {vi: 'Thứ Ba, 24/11'}}]`, []string{"Người từ 75 tuổi", "24/", "/11"}},
		{`[{name: {vi: 'Một tên không ai đọc'}}, {key: 'k.none'}, {key: 'k.conf.yes'}]`, []string{"Lấy số"}},
	} {
		clips := k.planned(c.list)
		got := keysOf(clips)
		if strings.Contains(c.list, "24/11") { // the weekday stands before a comma, with no place of its own
			got = slices.DeleteFunc(got, func(k string) bool { return strings.HasPrefix(k, "Thứ Ba") })
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s is read as %q, want %q", c.list, got, c.want)
		}
		for i := 1; i < len(clips); i++ {
			if gap := clips[i].From - clips[i-1].To; gap < 0 || gap > 0.3 {
				t.Errorf("%s: %.3f s between %q and %q", c.list, gap, clips[i-1].Key, clips[i].Key)
			}
		}
	}
}

// TestPagesCutAsProgram: the page cuts every sentence as the program that lists
// the clips does, in both languages, and has a clip for each piece.
func TestPagesCutAsProgram(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	for _, lang := range []string{"vi", "en"} {
		eval[any](k, fmt.Sprintf(`import('/web/i18n.js').then((m) => { m.lang.set(%q); return 0 })`, lang))
		b, err := os.ReadFile("../web/static/i18n/kiosk." + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(b, &texts); err != nil {
			t.Fatal(err)
		}
		delete(texts, "k.title") // never read
		got := eval[map[string][]string](k, fmt.Sprintf(`(async () => {
  const v = `+voiceModule+`, index = await (await fetch('/web/speech/%s/clips.json')).json();
  const keys = Object.keys(await (await fetch('/web/i18n/kiosk.%s.json')).json());
  return Object.fromEntries(keys.map((key) => [key, v.pieces([{key}], index).filter(Boolean)]));
})()`, lang, lang))
		for key, text := range texts {
			if want := speech.Pieces(text); !slices.Equal(got[key], want) {
				t.Errorf("%s in %s: the page cuts %q, the program %q", key, lang, got[key], want)
			}
		}
	}
}

// TestSoundOfASentence renders a sentence and looks at the wave: it is loud
// enough, never overdriven, has no hole between its clips and no jump.
func TestSoundOfASentence(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	for _, lang := range []string{"vi", "en"} {
		eval[any](k, fmt.Sprintf(`import('/web/i18n.js').then((m) => { m.lang.set(%q); return 0 })`, lang))
		list := `[{key: 'k.conf.info', args: {n: 12, m: 25}}]`
		wave := eval[struct{ Seconds, RMS, Peak, Jump, Silence float64 }](k, `(async () => {
  const sound = await `+voiceModule+`.compose(`+list+`), wave = sound.getChannelData(0);
  let sum = 0, peak = 0, jump = 0, silence = 0;
  for (const x of wave) {
    sum += x ** 2;
    peak = Math.max(peak, Math.abs(x));
  }
  const steps = await `+voiceModule+`.plan(`+list+`);
  for (const {at, sound: clip} of steps) {
    // A click is a step of the wave where two clips meet.
    for (const edge of [at, at + clip.duration]) {
      const i = Math.round(edge * sound.sampleRate);
      for (let j = Math.max(1, i - 20); j < Math.min(wave.length, i + 20); j++) jump = Math.max(jump, Math.abs(wave[j] - wave[j - 1]));
    }
    if (at === 0) continue;
    // A hole is the run under -40 dB around the place where they meet.
    let [from, to] = [Math.round(at * sound.sampleRate), Math.round(at * sound.sampleRate)];
    while (from > 0 && Math.abs(wave[from]) < 0.01) from--;
    while (to < wave.length && Math.abs(wave[to]) < 0.01) to++;
    silence = Math.max(silence, to - from);
  }
  return {Seconds: sound.duration, RMS: Math.sqrt(sum / wave.length), Peak: peak, Jump: jump, Silence: silence / sound.sampleRate};
})()`)
		t.Logf("%s: %+v", lang, wave)
		if wave.Seconds < 2 || wave.Seconds > 8 || wave.RMS < 0.08 || wave.RMS > 0.4 || wave.Peak > 1.1 {
			t.Errorf("%s: %+v", lang, wave)
		}
		if wave.Silence > 0.12 {
			t.Errorf("%s: a hole of %.0f ms", lang, wave.Silence*1000)
		}
		if wave.Jump > 0.02 {
			t.Errorf("%s: a click of %.3f", lang, wave.Jump)
		}
	}
}

// TestOwnClipIsServed: a hall's recording takes the place of the built-in one
// without a restart.
func TestOwnClipIsServed(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	before := k.planned(`[{key: 'k.conf.yes'}]`)
	dir := h.data + "/speech/vi"
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"clips.json": []byte(`{"Lấy số": {"file": "ours.wav"}}`), "ours.wav": silence(1500 * time.Millisecond)} {
		if err := os.WriteFile(dir+"/"+name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	k = h.kiosk(t, "")
	after := k.planned(`[{key: 'k.conf.yes'}]`)
	if len(before) != 1 || before[0].To > 1.4 || len(after) != 1 || after[0].To < 1.4 || after[0].To > 1.6 {
		t.Errorf("before: %v, after: %v", before, after)
	}
	if got := keysOf(k.planned(`[{key: 'k.conf.no'}]`)); len(got) != 1 {
		t.Errorf("the built-in clips are gone: %q", got)
	}
}

// silence is a WAV of nothing.
func silence(d time.Duration) []byte {
	n := uint32(8000 * d / time.Second)
	le := func(v uint32) string { return string([]byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)}) }
	return []byte("RIFF" + le(36+n) + "WAVEfmt " + le(16) + "\x01\x00\x01\x00" + le(8000) + le(8000) + "\x01\x00\x08\x00" +
		"data" + le(n) + strings.Repeat("\x80", int(n)))
}

// TestSaysWhyItStops: with the server gone, who listens is told so, from what was
// fetched before; nothing is offered that cannot be kept.
func TestSaysWhyItStops(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.pardon("WebSocket|ERR_CONNECTION|Failed to fetch|Failed to load resource")
	k.listenTo()
	k.hears("the first screen")
	k.until("the words for later", `window.ear.fetched.filter((p) => p.endsWith('.opus')).length > 5`, patience)
	k.until("the words of the pause", `(async () => (await import('/web/speech.js')).compose([{key: 'k.off.h'}]).then((x) => x !== null))()`, patience)
	meters := eval[int](k, `window.ear.meters.length`)
	h.kill()
	k.until("the line to be lost", `!document.getElementById('strip').hidden`, patience)
	k.moveClock(11 * time.Second)
	k.isOn("paused")
	k.until("the pause to be read", fmt.Sprintf(`window.ear.meters.length > %d`, meters), patience)
	k.hears("why")
}
