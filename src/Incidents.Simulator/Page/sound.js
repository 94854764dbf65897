// Ring tone, key tones and speech. Off until somebody turns it on: browsers want a gesture first.
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const keys = '123456789*0#';
const remembered = 'incidents.phones.sound';

export class Sound {
  #button;
  #audio;
  #timer;

  constructor(button) {
    this.#button = button;
    button.addEventListener('click', () => this.#set(!this.on));
    if (localStorage.getItem(remembered) === 'on') this.#set(true);
    for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, () => this.#wake(), { capture: true });
  }

  get on() { return this.#button.getAttribute('aria-pressed') === 'true'; }

  #set(on) {
    this.#button.setAttribute('aria-pressed', String(on));
    this.#button.querySelector('span').textContent = on ? 'Sound on' : 'Sound off';
    localStorage.setItem(remembered, on ? 'on' : 'off');
    if (on) this.#wake();
    else this.hush();
  }

  /** Sound may start only after a gesture on this visit, even when it was turned on at an earlier one. */
  #wake() {
    if (!this.on || !navigator.userActivation?.hasBeenActive || this.#audio?.state === 'running') return;
    this.#audio ??= new AudioContext();
    this.#audio.resume();
  }

  /** Rings, and shakes the real phone that shows this page, for as long as any phone on it rings. */
  ring(wanted) {
    if (wanted === Boolean(this.#timer)) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#vibrate(0);
    if (!wanted) return;
    const once = () => {
      if (!this.on) return;
      this.#tone([440, 480], 0, 0.4, 0.08);
      this.#tone([440, 480], 0.6, 0.4, 0.08);
      this.#vibrate([400, 200, 400]);
    };
    once();
    this.#timer = setInterval(once, 3000);
  }

  key(key) {
    const at = keys.indexOf(key);
    if (this.on && at >= 0) this.#tone([rows[Math.floor(at / 3)], columns[at % 3]], 0, 0.15, 0.06);
  }

  speak(text, language) {
    if (!this.on || !window.speechSynthesis) return;
    const words = new SpeechSynthesisUtterance(text);
    if (language) words.lang = language;
    speechSynthesis.speak(words);
  }

  hush() {
    window.speechSynthesis?.cancel();
  }

  #vibrate(pattern) {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
  }

  #tone(frequencies, after, length, volume) {
    const audio = this.#audio;
    if (!audio || audio.state !== 'running') return;
    const start = audio.currentTime + after;
    const gain = audio.createGain();
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(volume, start + 0.02);
    gain.gain.setValueAtTime(volume, start + length - 0.03);
    gain.gain.linearRampToValueAtTime(0, start + length);
    gain.connect(audio.destination);
    for (const frequency of frequencies) {
      const oscillator = audio.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(gain);
      oscillator.start(start);
      oscillator.stop(start + length);
    }
  }
}
