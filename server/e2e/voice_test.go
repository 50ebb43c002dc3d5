package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"motcua/server/web/speech"
)

// hallVoice is what a test of the voice needs in a page: a hall that exists only
// there, with a clock of its own and a loudspeaker that takes the time it would.
const hallVoice = `(async () => {
  const { hallVoice, arrange, log } = await import('/board/voice.js'), speech = await import('/web/speech.js');
  const { render } = await import('/web/speech.js');
  let now = Date.parse('2026-11-23T09:00:00+07:00');
  const counters = Array.from({length: 40}, (_, i) => ({id: String(i + 1), label: String(i + 1).padStart(2, '0'), name: {vi: ''}, services: ['a']}));
  const make = (voice = {}, zones = []) => {
    const state = {
      branch: {id: 'x', name: {vi: 'X'}, services: [{id: 'a', prefix: 'A', name: {vi: 'A'}, wait_target: 30}], counters, always: true, halves: [], board: {zones, voice: {on: true, ...voice}}},
      day: '2026-11-23', open: true, visits: new Map(), counters: new Map(), figures: new Map(), notices: new Map(),
    };
    const later = [], played = [];
    const hall = {
      state, played, gains: [], muted: false, later,
      live: {state, now: () => now},
      pass(ms) {
        const end = now + ms;
        while (later.length > 0 && later[0].at <= end) {
          now = Math.max(now, later[0].at);
          later.shift().run();
        }
        now = end;
      },
      speaker: {
        open() {}, close() {}, muted: () => hall.muted,
        async play(steps, gain) {
          const from = now, length = speech.length(steps);
          hall.gains.push(gain);
          played.push({from, length, keys: steps.map((x) => x.key)});
          await new Promise((done) => setTimeout(done));
          hall.pass(length * 1000);
          return true;
        },
      },
      call(n, counter = String(1 + n % 40), calls = 1, kind = calls > 1 ? 'ticket.recalled' : 'ticket.called') {
        const visit = {id: 'v' + n, number: 'A' + String(n).padStart(3, '0'), service: 'a', state: 'called', counter, calls};
        state.visits.set(visit.id, visit);
        hall.voice.event({kind, at: new Date(now).toISOString(), visit}, state);
      },
      async quiet() {
        for (let still = 0; still < 5; still = hall.voice.state().saying || hall.voice.state().queue ? 0 : still + 1) await new Promise((done) => setTimeout(done, 20));
        while (later.length > 0) {
          hall.pass(Math.max(0, later[0].at - now));
          await hall.quiet();
        }
      },
      async log() {
        return [...(await import('/board/voice.js')).log];
      },
      now: () => now,
    };
    hall.voice = hallVoice({live: hall.live, zone: hall.zone ?? '', on: () => true, speaker: hall.speaker});
    return hall;
  };
  window.voices = {make, arrange, render, speech, hallVoice};
  return 0;
})()`

// voices opens a page with it.
func voices(t *testing.T) *screen {
	t.Helper()
	s := startHall(t).open(t, "/board/", boardSize)
	s.until("the page", `document.querySelector('.canvas, h1')`, patience)
	eval[any](s, hallVoice)
	return s
}

// spoken is an entry of the page's log.
type spoken struct {
	ID, Kind, Number, End, Why string
	At, From, To               float64
}

func (x spoken) String() string { return strings.TrimSpace(x.Number + " " + x.End + " " + x.Why) }

// TestHallVoice is one page for everything that can be heard of the voice without
// a loudspeaker.
func TestHallVoice(t *testing.T) {
	t.Parallel()
	s := voices(t)
	numbersOfTheVoice(t, s)
	sentencesOfTheVoice(t, s)
	calledInOrder(t, s)
	voiceLeavesOut(t, s)
	soundOfACall(t, s)
}

// numbersOfTheVoice: what the page puts together from clips is what the rules
// of the language say, in the North, the South and in English.
func numbersOfTheVoice(t *testing.T, s *screen) {
	t.Helper()
	numbers := []int64{10005, 10015, 100500, 215021, 1000001, 1015000, 24044104}
	for n := range int64(200) {
		numbers = append(numbers, n, 100*n, 1000+n, 9000+7*n)
	}
	for _, c := range []struct {
		tag   string
		south bool
		words func(int64) string
	}{
		{"vi", false, func(n int64) string { return speech.Vietnamese(n, speech.North) }},
		{"vi", true, func(n int64) string { return speech.Vietnamese(n, speech.South) }},
		{"en", false, speech.English},
	} {
		index, err := speech.ReadIndex(speech.BuiltIn(), c.tag)
		if err != nil {
			t.Fatal(err)
		}
		got := eval[[][]string](s, fmt.Sprintf(`(async () => {
  const index = await (await fetch('/web/speech/%s/clips.json')).json();
  return %s.map((n) => voices.speech.pieces([{key: 't.voice.again', args: {n}}], index, '%s', {south: %v}).slice(1));
})()`, c.tag, strings.ReplaceAll(fmt.Sprint(numbers), " ", ","), c.tag, c.south))
		for i, n := range numbers {
			if c.words(n) == "" {
				continue // English goes up to a million
			}
			var words []string
			for _, key := range got[i] {
				words = append(words, strings.TrimSuffix(index[key].Say, ","))
			}
			if got, want := strings.Join(words, " "), c.words(n); got != want {
				t.Errorf("%s, south %v: %d is said %q, want %q", c.tag, c.south, n, got, want)
			}
		}
	}
}

// sentencesOfTheVoice: each kind of call in the words it is said in.
func sentencesOfTheVoice(t *testing.T, s *screen) {
	t.Helper()
	vi, err := speech.ReadIndex(speech.BuiltIn(), "vi")
	if err != nil {
		t.Fatal(err)
	}
	en, err := speech.ReadIndex(speech.BuiltIn(), "en")
	if err != nil {
		t.Fatal(err)
	}
	said := func(setting, act string) string {
		t.Helper()
		keys := eval[[]string](s, fmt.Sprintf(`(async () => {
  const hall = voices.make(%s);
  %s
  await hall.quiet();
  hall.voice.stop();
  return hall.played.flatMap((x) => x.keys);
})()`, setting, act))
		var words []string
		for _, key := range keys {
			say := vi[key].Say
			if say == "" || strings.HasPrefix(key, "Number") || strings.Contains(key, "please") {
				say = en[key].Say
			}
			if key == "chime" {
				say = "♪"
			}
			if say == "" {
				say = "[" + strings.TrimSpace(key) + "]"
			}
			words = append(words, strings.TrimRight(say, ",."))
		}
		return strings.Join(words, " ")
	}
	const call = "Mời ông bà có số a không một hai đến quầy số ba"
	for _, c := range []struct{ setting, act, want string }{
		{`{}`, `hall.call(12, '3');`, "♪ " + call + " " + call},
		{`{once: true}`, `hall.call(12, '3');`, "♪ " + call},
		{`{once: true, numbers: 'whole'}`, `hall.call(25, '15');`, "♪ Mời ông bà có số a hai mươi lăm đến quầy số mười lăm"},
		{`{once: true, numbers: 'whole', region: 'south'}`, `hall.call(104, '24');`, "♪ Mời ông bà có số a một trăm lẻ bốn đến quầy số hai mươi bốn"},
		{`{once: true, numbers: 'whole'}`, `hall.call(104, '24');`, "♪ Mời ông bà có số a một trăm linh bốn đến quầy số hai mươi tư"},
		{`{once: true}`, `hall.call(12, '3', 2);`, "♪ Gọi lại lần hai " + call},
		{`{once: true, english: true}`, `hall.call(12, '3');`, "♪ " + call + " Number a không một hai please go to counter ba"},
		{`{}`, `hall.state.branch.counters[0].label = '01';
		  const v = {id: 'm', number: 'A009', state: 'no_show', service: 'a', counter: '1'};
		  hall.state.visits.set('m', v);
		  hall.voice.event({kind: 'ticket.no_show', at: new Date(hall.now()).toISOString(), visit: v}, hall.state);
		  hall.pass(7000); // a clerk could take it back until now
		  await new Promise((done) => setTimeout(done, 1100));`,
			"♪ Số a không không chín đã lỡ lượt Ông bà vui lòng báo bàn hướng dẫn để được gọi lại"},
		{`{once: true}`, `hall.state.branch.always = false;
		  hall.state.branch.halves = [{id: 'c', to: '09:10'}]; hall.state.visits.set('m', {id: 'm'});
		  await new Promise((done) => setTimeout(done, 1200));`,
			"♪ Trung tâm hết giờ làm việc lúc chín giờ mười phút Ông bà đã có số vẫn được phục vụ"},
		{`{once: true}`, `hall.state.figures.set('a', {id: 'a', waiting: 9, estimate: {low: 40, high: 60}}); hall.state.visits.set('m', {id: 'm'});
		  await new Promise((done) => setTimeout(done, 1200));`,
			"♪ Hôm nay ông bà phải chờ lâu hơn dự kiến Trung tâm xin lỗi ông bà"},
	} {
		got := said(c.setting, c.act)
		if strings.ContainsAny(got, "/0123456789") {
			t.Errorf("%s: a voice would stumble over %q", c.act, got)
		}
		if got != c.want {
			t.Errorf("%s %s is said as\n%q, want\n%q", c.setting, c.act, got, c.want)
		}
	}
}

// calledInOrder: however many calls come, each is spoken once or named
// as left out, in order, and no two at the same time.
func calledInOrder(t *testing.T, s *screen) {
	t.Helper()
	for name, act := range map[string]string{
		"a burst":         `for (let n = 1; n <= 100; n++) { hall.call(n); if (n % 3 === 0) hall.call(n); }`,
		"every 2 seconds": `const from = hall.now(); for (let n = 51; n <= 100; n++) hall.later.push({at: from + 2000 * (n - 50), run: () => hall.call(n)}); hall.pass(2000);`,
	} {
		got := eval[struct {
			Log   []spoken
			Plays []struct{ From, Length float64 }
			Once  int // sentences said in all
		}](s, fmt.Sprintf(`(async () => {
  const hall = voices.make();
  %s
  await hall.quiet();
  hall.voice.stop();
  return {Log: await hall.log(), Plays: hall.played.map((x) => ({From: x.from, Length: x.length})), Once: hall.played.flatMap((x) => x.keys).filter((k) => k === 'đến quầy số,').length};
})()`, act))
		ends := map[string][]spoken{}
		last, lastTo, said := 0.0, 0.0, 0
		for _, x := range got.Log {
			if x.Kind == "look" {
				continue
			}
			ends[x.Number] = append(ends[x.Number], x)
			if x.End == "skipped" {
				if x.Why != "crowd" {
					t.Errorf("%s: %v", name, x)
				}
				continue
			}
			said++
			var n float64
			fmt.Sscanf(x.Number, "A%f", &n)
			if n <= last {
				t.Errorf("%s: %v after %v", name, n, last)
			}
			if late := (x.From - x.At) / 1000; late > 80 {
				t.Errorf("%s: %v after %.0f s: more than a minute of speech waited", name, x, late)
			}
			if x.From < lastTo {
				t.Errorf("%s: %v begins before the other ends", name, x)
			}
			last, lastTo = n, x.To
		}
		want := map[string]int{"a burst": 100, "every 2 seconds": 50}[name]
		if len(ends) != want {
			t.Errorf("%s: %d of %d calls are accounted for", name, len(ends), want)
		}
		for number, list := range ends {
			if len(list) != 1 {
				t.Errorf("%s: %s: %v", name, number, list)
			}
		}
		end := 0.0
		for _, p := range got.Plays {
			if p.Length > 12 {
				t.Errorf("%s: a call lasts %.1f s", name, p.Length)
			}
			if p.From < end {
				t.Errorf("%s: two calls at once", name)
			}
			end = p.From + p.Length*1000
		}
		if said < 9 || ends["A100"][0].End != "spoken" {
			t.Errorf("%s: %d calls were spoken, the last %v", name, said, ends["A100"])
		}
		t.Logf("%s: %d of %d calls were spoken in %.0f s, %d sentences", name, said, want, (end-got.Plays[0].From)/1000, got.Once)
	}
}

// voiceLeavesOut: who is late, has come, is in another zone, or was called by
// the screen that spoke before is not called, and an emergency goes first.
func voiceLeavesOut(t *testing.T, s *screen) {
	t.Helper()
	for name, c := range map[string]struct{ act, want string }{
		"old":             {`const visit = {id: 'o', number: 'A001', state: 'called', counter: '1'}; hall.state.visits.set('o', visit); hall.voice.event({kind: 'ticket.called', at: new Date(hall.now() - 21_000).toISOString(), visit}, hall.state);`, "A001 skipped old"},
		"gone":            {`hall.call(1); hall.call(2); hall.state.visits.get('v2').state = 'serving';`, "A001 spoken, A002 skipped gone"},
		"recalls":         {`hall.call(1); hall.call(2, '2', 2); hall.call(2, '2', 3); hall.call(3);`, "A002 skipped again, A001 spoken, A003 spoken, A002 spoken"},
		"refused":         {`hall.muted = true; hall.call(1);`, "A001 skipped muted"},
		"a silent hour":   {`hall.state.branch.board.voice.hours = [{from: '08:00', to: '10:00', percent: 0}]; hall.call(1);`, "A001 skipped quiet"},
		"another zone":    {`hall.state.branch.board.zones = [{id: 'z', name: {vi: 'Z'}, counters: ['7']}, {id: 'y', name: {vi: 'Y'}, counters: ['8']}]; hall.voice.stop(); hall.voice = voices.hallVoice({live: hall.live, zone: 'z', on: () => true, speaker: hall.speaker}); hall.call(7, '7'); hall.call(8, '8'); hall.call(9, '9');`, "A007 spoken, A009 spoken"},
		"spoken before":   {`hall.pass(Math.ceil(hall.now()) - hall.now()); const at = hall.now(); (await import('/web/screen.js')).spoke('v1 1 1 ' + at); hall.call(1, '1');`, "A001 skipped spoken"},
		"not this screen": {`hall.voice.stop(); hall.voice = voices.hallVoice({live: hall.live, zone: '', on: () => false, speaker: hall.speaker}); hall.call(1);`, ""},
		"taken over":      {`hall.voice.stop(); let mine = false; hall.voice = voices.hallVoice({live: hall.live, zone: '', on: () => mine, speaker: hall.speaker}); hall.call(1); hall.pass(25_000); hall.call(2); mine = true; await new Promise((done) => setTimeout(done, 1100));`, "A002 spoken"},
		"given up":        {`hall.voice.stop(); let mine = true; hall.voice = voices.hallVoice({live: hall.live, zone: '', on: () => mine, speaker: hall.speaker}); hall.call(1); hall.call(2); mine = false;`, "A001 spoken, A002 skipped elsewhere"},
		"a new state": {`const put = (n, ago) => hall.state.visits.set('v' + n, {id: 'v' + n, number: 'A00' + n, service: 'a', state: 'called', counter: '1', calls: 1, called: new Date(Math.ceil(hall.now()) - ago).toISOString()});
put(1, 900); hall.voice.snapshot(hall.state); put(2, 800); put(3, 25_000); hall.voice.snapshot(hall.state); hall.voice.snapshot(hall.state);`, "A002 spoken"},
		"an emergency": {`hall.call(1); hall.call(2); hall.state.notices.set('n', {id: 'n', kind: 'emergency', at: '1', text: {vi: 'Cháy'}}); hall.voice.event({kind: 'notice.changed', at: new Date(hall.now()).toISOString()}, hall.state);`, "A001 spoken, A002 skipped emergency, spoken"},
	} {
		log := eval[[]spoken](s, fmt.Sprintf(`(async () => {
  const hall = voices.make({once: true});
  %s
  await hall.quiet();
  hall.voice.stop();
  return hall.log();
})()`, c.act))
		var got []string
		for _, x := range log {
			got = append(got, x.String())
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	gains := eval[[]float64](s, `(async () => {
  const { loudnessAt } = await import('/board/voicesound.js');
  const hours = [{from: '11:30', to: '13:30', percent: 40}, {zone: 'a', from: '07:00', to: '18:00', percent: 70}, {from: '22:00', to: '06:00', percent: 0}];
  return [['', '08:00'], ['', '12:00'], ['a', '08:00'], ['a', '12:00'], ['a', '13:30'], ['a', '23:00'], ['', '05:59'], ['', '06:00']].map(([zone, time]) => loudnessAt(hours, zone, time));
})()`)
	if want := []float64{1, 0.4, 0.7, 0.4, 0.7, 0, 0, 1}; !slices.Equal(gains, want) {
		t.Errorf("loudness by zone and hour %v, want %v", gains, want)
	}
}

// soundOfACall looks at the joined wave of whole calls: as long as its parts
// to the millisecond, without a hole or a click, as loud as it should be.
func soundOfACall(t *testing.T, s *screen) {
	t.Helper()
	for setting, x := range map[string]string{`{}`: "'A1204', calls: 1", `{english: true}`: "'A1204', calls: 2", `{numbers: 'whole', region: 'south', english: true}`: "'A104', calls: 1"} {
		wave := eval[struct{ Seconds, LUFS, Peak, Jump, Hole, Off, Chime, Readings float64 }](s, fmt.Sprintf(`(async () => {
  const { itemOf } = await import('/board/voicewords.js');
  const hall = voices.make();
  hall.voice.stop();
  const visit = {id: 'x', number: %s, state: 'called', counter: '24', service: 'a'};
  const item = itemOf({kind: 'ticket.recalled', at: new Date(hall.now()).toISOString(), visit}, hall.state, '');
  const steps = await voices.arrange(item, %s, 0), sound = await voices.render(steps), wave = sound.getChannelData(0), rate = sound.sampleRate;
  const readings = steps.filter((x) => /^(đến quầy số|please go to counter),$/.test(x.key.replace(/^, /, ''))).length;
  const lengths = {};
  for (const tag of ['vi', 'en']) Object.assign(lengths, Object.fromEntries(Object.values(await (await fetch('/web/speech/' + tag + '/clips.json')).json()).map((x) => [x.ms, 1])));
  let jump = 0, hole = 0, off = 0;
  steps.forEach(({at, sound: clip}, i) => {
    if (i > 0) off = Math.max(off, Math.min(...Object.keys(lengths).map((ms) => Math.abs(ms / 1000 - clip.duration))));
    for (const edge of [at, at + clip.duration]) {
      const j = Math.round(edge * rate);
      for (let k = Math.max(1, j - 20); k < Math.min(wave.length, j + 20); k++) jump = Math.max(jump, Math.abs(wave[k] - wave[k - 1]));
    }
    const gap = i > 0 ? at - steps[i - 1].at - steps[i - 1].sound.duration : 0;
    if (i === 0 || gap > 0.2 || i === 1) return; // a new sentence or reading
    let from = Math.round(at * rate), to = from;
    while (from > 0 && Math.abs(wave[from]) < 0.01) from--;
    while (to < wave.length && Math.abs(wave[to]) < 0.01) to++;
    hole = Math.max(hole, (to - from) / rate);
  });
  // Loudness by ITU-R BS.1770: weighted as the ear does, blocks of 400 ms, silence left out.
  const loudness = async (from, to) => {
    const ctx = new OfflineAudioContext(1, Math.round((to - from) * rate), rate);
    const source = new AudioBufferSourceNode(ctx, {buffer: sound});
    const shelf = new IIRFilterNode(ctx, {feedforward: [1.53512485958697, -2.69169618940638, 1.19839281085285], feedback: [1, -1.69065929318241, 0.73248077421585]});
    const high = new IIRFilterNode(ctx, {feedforward: [1, -2, 1], feedback: [1, -1.99004745483398, 0.99007225036621]});
    source.connect(shelf).connect(high).connect(ctx.destination);
    source.start(0, from);
    const heard = (await ctx.startRendering()).getChannelData(0), blocks = [];
    for (let i = 0; i + 0.4 * rate <= heard.length; i += 0.1 * rate) {
      let sum = 0;
      for (let k = Math.round(i); k < i + 0.4 * rate; k++) sum += heard[k] ** 2;
      blocks.push(sum / (0.4 * rate));
    }
    const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length, db = (x) => -0.691 + 10 * Math.log10(x);
    const loud = blocks.filter((x) => db(x) > -70), gate = db(mean(loud)) - 10;
    return db(mean(loud.filter((x) => db(x) > gate)));
  };
  const end = steps[0].at + steps[0].sound.duration;
  return {Seconds: sound.duration, LUFS: await loudness(end, sound.duration), Chime: await loudness(steps[0].at, end),
    Readings: readings, Peak: wave.reduce((a, b) => Math.max(a, Math.abs(b)), 0), Jump: jump, Hole: hole, Off: off};
})()`, x, setting))
		t.Logf("%s: %+v", setting, wave)
		if wave.Seconds > 12 || wave.Seconds < 4 || wave.Readings != 2 {
			t.Errorf("%s: %.0f sentences in %.1f s", setting, wave.Readings, wave.Seconds)
		}
		if wave.LUFS < -18 || wave.LUFS > -14 || wave.Chime < -26 || wave.Chime > -14 || wave.Peak > 1 {
			t.Errorf("%s: %.1f LUFS, chime %.1f, peak %.2f", setting, wave.LUFS, wave.Chime, wave.Peak)
		}
		if wave.Hole > 0.12 || wave.Jump > 0.02 || wave.Off > 0.0015 {
			t.Errorf("%s: a hole of %.0f ms, a click of %.3f, a clip %.1f ms longer than its file says", setting, wave.Hole*1000, wave.Jump, wave.Off*1000)
		}
	}
}
