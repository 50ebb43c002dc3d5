/* See sim.h for the licence of what this is linked with.
 *
 * host FIRMWARE.elf [LINK]: runs the firmware with its line on a pty, named by
 * LINK too. It prints "READY /dev/pts/N" and then takes commands, one a line, and
 * answers each with one line when it is over. Everything is timed in simulated
 * time: on a loaded machine a press of 60 ms is still 60 ms for the chip.
 *
 *   tap K [HOLD GAP]    presses key K for HOLD ms, then waits GAP ms (60, 60)
 *   bounce K            the same, with 12 edges 0.7 ms apart before and after
 *   glitch K            12 such edges that end open: noise, no press
 *   press K, release K
 *   wait MS
 *   power [MS]          cuts the power for MS (100); memory is lost, EEPROM kept
 *   tear N              cuts it in the middle of the Nth EEPROM byte from now on
 *   hang                stops the main loop for good: the watchdog's turn
 *   pause, resume       stops the chip's time
 *   mem ADDR LEN        memory, hex; eeprom ADDR LEN the same
 *   state               pins, segments of the display, counters
 *   quit */
#define _GNU_SOURCE
#include "sim.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "avr_eeprom.h"
#include "sim_elf.h"

#include "../firmware/registers.h"

#define SLICE_US 100
#define LATE_US 1000000 /* more than this is not caught up with */
#define EDGES 12
#define EDGE_US 700
#define EEPROM_USED 256
#define NO_PC 0xFFFFFFFFu

avr_t *avr;
uint64_t now_us;
bool powered = true;

static uint8_t *eeprom;
static bool paused;
static uint64_t off_until;
static unsigned cuts, resets;

/* tear */
static int tear_after;
static uint8_t before[EEPROM_USED];

/* hang */
static uint32_t hung_at = NO_PC;
static uint8_t hung_code[2];
static bool hang_wanted;

/* Steps of the command at work. */
struct step {
    uint64_t at;
    int key; /* 0: only wait */
    bool down;
};
static struct step steps[64];
static int step_count, step_at;
static bool working;

static void answer(const char *text)
{
    dprintf(3, "%s\n", text);
}

static uint64_t wall_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* Time is kept by the host's loop, not by sleeping inside the simulator. */
static void no_sleep(avr_t *a, avr_cycle_count_t cycles)
{
    (void)a;
    (void)cycles;
}

static void power_off(uint64_t us)
{
    powered = false;
    cuts++;
    off_until = now_us + us;
    line_power_off();
}

/* Memory comes up with anything in it. */
static void power_on(void)
{
    for (unsigned i = 0x100; i <= avr->ramend; i++)
        avr->data[i] = (uint8_t)(rand() >> 7);
    if (hung_at != NO_PC) {
        memcpy(avr->flash + hung_at, hung_code, 2);
        hung_at = NO_PC;
    }
    avr_reset(avr);
    board_keys_again();
    powered = true;
}

/* Counts bytes of the EEPROM that change, and cuts the power after the last one
 * was erased and before it was written. */
static void watch_eeprom(void)
{
    for (int i = 0; i < EEPROM_USED; i++) {
        if (eeprom[i] == before[i])
            continue;
        before[i] = eeprom[i];
        if (--tear_after == 0) {
            eeprom[i] = 0xFF;
            power_off(20000);
            return;
        }
    }
}

static void hang(void)
{
    static const uint8_t forever[2] = {0xFF, 0xCF}; /* rjmp to itself */
    hang_wanted = false;
    hung_at = avr->pc;
    memcpy(hung_code, avr->flash + hung_at, 2);
    memcpy(avr->flash + hung_at, forever, 2);
}

/* Step by step only while something must be seen in the act: otherwise a call runs
 * or sleeps for a while, which costs the machine a tenth. */
static void run_chip(uint64_t us)
{
    avr_cycle_count_t end = avr->cycle + us * MHZ;
    bool stepping = tear_after || hang_wanted || hung_at != NO_PC;
    while (powered && avr->cycle < end) {
        avr->run_cycle_limit = stepping ? 1 : SLICE_US * MHZ;
        if (hang_wanted && avr->state == cpu_Sleeping)
            hang();
        int state = avr_run(avr);
        if (tear_after)
            watch_eeprom();
        if (avr->pc == 0 && avr->state == cpu_Running) {
            resets++;
            if (hung_at != NO_PC) {
                memcpy(avr->flash + hung_at, hung_code, 2);
                hung_at = NO_PC;
            }
            board_keys_again();
            avr_run(avr); /* off address 0, so that one reset counts once */
        }
        if (state == cpu_Done || state == cpu_Crashed) {
            answer("CRASHED");
            exit(1);
        }
    }
}

static void slice(void)
{
    static uint64_t ahead; /* a sleeping chip may run past the end of a slice */
    now_us += SLICE_US;
    if (!powered) {
        ahead = 0;
        if (now_us >= off_until)
            power_on();
        return;
    }
    line_step();
    if (ahead >= SLICE_US) {
        ahead -= SLICE_US;
        return;
    }
    avr_cycle_count_t from = avr->cycle;
    uint64_t want = SLICE_US - ahead;
    run_chip(want);
    uint64_t ran = (avr->cycle - from) / MHZ;
    ahead = ran > want ? ran - want : 0;
}

static void add_step(uint64_t *at, uint64_t delay, int key, bool down)
{
    *at += delay;
    steps[step_count++] = (struct step){*at, key, down};
}

static void add_edges(uint64_t *at, int key)
{
    for (int i = 0; i < EDGES; i++)
        add_step(at, EDGE_US, key, i % 2 == 0);
}

static void advance(void)
{
    while (step_at < step_count && steps[step_at].at <= now_us) {
        struct step s = steps[step_at++];
        if (s.key)
            board_key(s.key, s.down);
    }
    if (working && step_at == step_count && powered) {
        working = false;
        answer("done");
    }
}

static void dump(const uint8_t *from)
{
    unsigned at, count;
    char text[600];
    if (scanf("%x %u", &at, &count) != 2 || count > 256) {
        answer("error: address and length");
        return;
    }
    for (unsigned i = 0; i < count; i++)
        sprintf(text + 2 * i, "%02x", from[at + i]);
    text[2 * count] = 0;
    answer(text);
}

static void state(void)
{
    uint8_t d[8];
    board_digits(d);
    dprintf(3, "lost=%d a=%d b=%d buzzer=%d driver=%d digits=%02x%02x%02x%02x%02x%02x%02x%02x "
               "undriven=%u cuts=%u resets=%u in=%u out=%u unread=%u us=%llu\n",
            board_pin('B', 0), board_pin('C', 5), board_pin('B', 4), board_pin('B', 1), board_pin('D', 2),
            d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], line_undriven, cuts, resets,
            line_bytes_in, line_bytes_out, line_bytes_lost, (unsigned long long)now_us);
}

/* Commands that take time set up steps; the others answer at once. */
static bool timed(const char *word, const char *rest)
{
    uint64_t at = now_us;
    unsigned key = 0, hold = 60, gap = 60;
    sscanf(rest, "%u %u %u", &key, &hold, &gap);
    step_count = step_at = 0;
    if (strcmp(word, "wait") == 0) {
        add_step(&at, key * 1000ull, 0, false);
        return true;
    }
    if (strcmp(word, "power") == 0) {
        power_off(key ? key * 1000ull : 100000);
        return true;
    }
    if (key < 1 || key > KEY_COUNT)
        return false;
    if (strcmp(word, "press") == 0 || strcmp(word, "release") == 0) {
        add_step(&at, 0, (int)key, word[0] == 'p');
        return true;
    }
    bool bounce = strcmp(word, "bounce") == 0;
    if (bounce || strcmp(word, "glitch") == 0)
        add_edges(&at, (int)key);
    if (bounce || strcmp(word, "tap") == 0) {
        add_step(&at, EDGE_US, (int)key, true);
        add_step(&at, hold * 1000ull, (int)key, false);
    }
    if (bounce)
        add_edges(&at, (int)key);
    add_step(&at, gap * 1000ull, 0, false);
    return bounce || word[0] == 't' || word[0] == 'g';
}

static void command(void)
{
    char word[32], rest[64] = "";
    if (scanf("%31s", word) != 1 || strcmp(word, "quit") == 0) {
        line_close();
        exit(0);
    }
    if (strcmp(word, "mem") == 0) {
        dump(avr->data);
        return;
    }
    if (strcmp(word, "eeprom") == 0) {
        dump(eeprom);
        return;
    }
    if (!fgets(rest, sizeof rest, stdin))
        rest[0] = 0;
    if (strcmp(word, "state") == 0)
        state();
    else if (strcmp(word, "pause") == 0 || strcmp(word, "resume") == 0) {
        paused = word[0] == 'p';
        answer("done");
    } else if (strcmp(word, "hang") == 0) {
        hang_wanted = true;
        answer("done");
    } else if (strcmp(word, "tear") == 0) {
        tear_after = atoi(rest);
        memcpy(before, eeprom, EEPROM_USED);
        answer("done");
    } else if (timed(word, rest)) {
        working = true;
        paused = false;
    } else
        answer("error: no such command");
}

/* Runs the chip along with the wall clock. When the machine was too busy it catches
 * up, except after a long stop: then the chip's clock just stood still. */
static void run(void)
{
    uint64_t wall = wall_us(), sim = now_us;
    for (;;) {
        for (int i = 0; i < 10 && !paused; i++) {
            slice();
            advance();
        }
        uint64_t gone = wall_us() - wall, done = now_us - sim;
        int ms = paused ? 5 : done > gone ? (int)((done - gone + 999) / 1000) : 0;
        if (paused || gone > done + LATE_US) {
            wall = wall_us();
            sim = now_us;
        }
        struct pollfd fds[2] = {{line_fd(), POLLIN, 0}, {working ? -1 : 0, POLLIN, 0}};
        if (poll(fds, 2, ms) <= 0)
            continue;
        if (fds[0].revents)
            line_receive();
        if (!working && fds[1].revents)
            command();
    }
}

static void quiet(avr_t *a, const int level, const char *format, va_list arguments)
{
    (void)a;
    (void)level;
    (void)format;
    (void)arguments;
}

int main(int argc, char **argv)
{
    static elf_firmware_t firmware;
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: host FIRMWARE.elf [LINK]\n");
        return 2;
    }
    /* Answers go to descriptor 3, which is where standard output was; the
     * simulator's own chatter goes to standard error. */
    dup2(1, 3);
    dup2(2, 1);
    setvbuf(stdin, NULL, _IONBF, 0);
    avr_global_logger_set(quiet);
    if (elf_read_firmware(argv[1], &firmware) != 0) {
        fprintf(stderr, "%s: not a firmware\n", argv[1]);
        return 1;
    }
    avr = avr_make_mcu_by_name("atmega328p");
    avr_init(avr);
    avr->frequency = MHZ * 1000000;
    avr->sleep = no_sleep;
    avr_load_firmware(avr, &firmware);
    avr->frequency = MHZ * 1000000;
    avr_eeprom_desc_t e = {.ee = NULL, .offset = 0, .size = 0};
    avr_ioctl(avr, AVR_IOCTL_EEPROM_GET, &e);
    eeprom = e.ee;
    line_attach();
    board_attach();
    line_open(argc > 2 ? argv[2] : NULL);
    run();
}
