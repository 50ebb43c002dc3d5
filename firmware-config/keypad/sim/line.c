/* See sim.h for the licence of what this is linked with.
 *
 * The line of the keypad as a pty. Bytes reach the chip no faster than its baud
 * rate allows; at the wrong baud rate they do not arrive at all; while the chip
 * drives the line it hears nothing, as with a real RS-485 transceiver. */
#define _GNU_SOURCE
#include "sim.h"

#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "avr_uart.h"

#define UBRR0L 0xC4
#define UBRR0H 0xC5
#define UCSR0A 0xC0
#define U2X0 0x02
#define UCSR0B 0xC1
#define RXEN0 0x10
#define UCSR0C 0xC2
#define UPM01 0x20

unsigned line_undriven, line_bytes_in, line_bytes_out, line_bytes_lost;

static int master = -1, slave = -1;
static const char *link_path;
static uint8_t waiting[4096]; /* on their way to the chip */
static unsigned head, tail;
static uint64_t next_us;
static struct {
    uint64_t at;
    uint8_t byte;
} leaving[4]; /* the chip has one in the shift register and one behind it */
static unsigned leaving_count;
static uint64_t sent_us; /* when the last one will have left */

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* The slave stays open here, or the master would see an error whenever the driver
 * closes its end. */
void line_open(const char *link)
{
    char name[128];
    struct termios t;
    memset(&t, 0, sizeof t);
    cfmakeraw(&t);
    cfsetspeed(&t, B19200);
    t.c_cflag |= CLOCAL | CREAD;
    if (openpty(&master, &slave, name, &t, NULL) != 0)
        fail("openpty");
    if (fcntl(master, F_SETFL, O_NONBLOCK) != 0)
        fail("fcntl");
    link_path = link;
    if (link) {
        unlink(link);
        if (symlink(name, link) != 0)
            fail(link);
    }
    dprintf(3, "READY %s\n", name);
}

void line_close(void)
{
    if (link_path)
        unlink(link_path);
}

int line_fd(void)
{
    return master;
}

static unsigned chip_baud(void)
{
    unsigned ubrr = avr->data[UBRR0L] | avr->data[UBRR0H] << 8;
    unsigned per_bit = (avr->data[UCSR0A] & U2X0 ? 8 : 16) * (ubrr + 1);
    return MHZ * 1000000u / per_bit;
}

static unsigned line_baud(void)
{
    static const struct {
        speed_t code;
        unsigned baud;
    } table[] = {{B2400, 2400}, {B4800, 4800}, {B9600, 9600}, {B19200, 19200},
                 {B38400, 38400}, {B57600, 57600}, {B115200, 115200}};
    struct termios t;
    if (tcgetattr(master, &t) != 0)
        return 0;
    for (unsigned i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].code == cfgetospeed(&t))
            return table[i].baud;
    return 0;
}

/* A receiver tolerates about 3 percent. */
static bool same_baud(void)
{
    unsigned a = chip_baud(), b = line_baud();
    unsigned apart = a > b ? a - b : b - a;
    return apart * 100 <= 3 * a;
}

static unsigned byte_us(void)
{
    unsigned bits = avr->data[UCSR0C] & UPM01 ? 11 : 10;
    return bits * 1000000u / chip_baud();
}

static void on_output(struct avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq;
    (void)param;
    uint8_t byte = (uint8_t)value;
    if (!board_pin('D', 2)) {
        line_undriven++;
        return;
    }
    if (leaving_count == sizeof leaving / sizeof leaving[0])
        return;
    sent_us = (now_us > sent_us ? now_us : sent_us) + byte_us();
    leaving[leaving_count].at = sent_us;
    leaving[leaving_count++].byte = byte;
}

/* A byte is there when its last bit is, or the other end would ask again while the
 * chip still drives the line. */
static void step_out(void)
{
    if (leaving_count == 0 || now_us < leaving[0].at)
        return;
    line_bytes_out++;
    if (same_baud() && write(master, &leaving[0].byte, 1) != 1)
        line_bytes_lost++; /* nobody reads */
    leaving_count--;
    memmove(leaving, leaving + 1, leaving_count * sizeof leaving[0]);
}

void line_attach(void)
{
    uint32_t flags = 0;
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), on_output, NULL);
}

void line_receive(void)
{
    uint8_t bytes[256];
    ssize_t n;
    while ((n = read(master, bytes, sizeof bytes)) > 0) {
        if (!powered)
            continue;
        if (head == tail && next_us < now_us + byte_us())
            next_us = now_us + byte_us();
        for (ssize_t i = 0; i < n && tail - head < sizeof waiting; i++)
            waiting[tail++ % sizeof waiting] = bytes[i];
    }
}

void line_step(void)
{
    step_out();
    if (head == tail || now_us < next_us)
        return;
    uint8_t byte = waiting[head++ % sizeof waiting];
    next_us = (now_us > next_us + 1000 ? now_us : next_us) + byte_us();
    bool listening = (avr->data[UCSR0B] & RXEN0) && !board_pin('D', 2);
    if (!listening || !same_baud())
        return;
    line_bytes_in++;
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT), byte);
}

void line_power_off(void)
{
    head = tail = 0;
    leaving_count = 0;
    sent_us = 0;
}
