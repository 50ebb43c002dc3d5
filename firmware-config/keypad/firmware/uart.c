/* A frame ends when the line has been quiet for 3.5 characters (Modbus over serial
 * line 1.02, 2.5.1.1); timer 2 measures that. The transceiver's driver is switched
 * on for our answers only, and off when the last stop bit has left. */
#include "uart.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <string.h>
#include <util/atomic.h>

#include "board.h"

static uint8_t received[FRAME_MAX];
static volatile uint8_t received_count;
static volatile bool spoilt; /* too long, or a character came damaged */
static volatile bool complete;

static uint8_t sending[FRAME_MAX];
static volatile uint8_t send_count, sent;
static volatile bool busy;

/* 3.5 characters of 11 bits up to 19200 Bd, 1.75 ms above; 16 us a step. */
static uint8_t silence_steps(uint16_t baud_hundreds)
{
    if (baud_hundreds > 192)
        return 109;
    return (uint8_t)(385UL * 10000UL / 16UL / baud_hundreds);
}

void uart_start(uint16_t baud_hundreds, bool even_parity)
{
    uint32_t baud = baud_hundreds * 100UL;
    DRIVER_DDR |= _BV(DRIVER_BIT);
    DRIVER_PORT &= ~_BV(DRIVER_BIT);
    UCSR0B = 0;
    UCSR0A = _BV(U2X0);
    UBRR0 = (uint16_t)((F_CPU / 8 + baud / 2) / baud - 1);
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00) | (even_parity ? _BV(UPM01) : 0);
    TCCR2A = _BV(WGM21);
    TCCR2B = _BV(CS22) | _BV(CS21); /* 16 MHz / 256 */
    OCR2A = silence_steps(baud_hundreds);
    TIMSK2 = 0;
    received_count = 0;
    spoilt = complete = busy = false;
    UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

ISR(USART_RX_vect)
{
    bool damaged = UCSR0A & (_BV(FE0) | _BV(DOR0) | _BV(UPE0));
    uint8_t byte = UDR0;
    TCNT2 = 0;
    TIFR2 = _BV(OCF2A);
    TIMSK2 = _BV(OCIE2A);
    if (complete || busy)
        return; /* nobody may ask again before we have answered */
    if (damaged || received_count == FRAME_MAX)
        spoilt = true;
    else
        received[received_count++] = byte;
}

ISR(TIMER2_COMPA_vect)
{
    TIMSK2 = 0;
    if (complete || busy)
        return;
    if (spoilt)
        received_count = 0;
    else
        complete = received_count > 0;
    spoilt = false;
}

uint8_t uart_frame(uint8_t *frame)
{
    if (!complete)
        return 0;
    uint8_t count = received_count;
    memcpy(frame, received, count);
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        received_count = 0;
        complete = false;
    }
    return count;
}

void uart_send(const uint8_t *frame, uint8_t count)
{
    memcpy(sending, frame, count);
    send_count = count;
    sent = 0;
    busy = true;
    DRIVER_PORT |= _BV(DRIVER_BIT);
    UCSR0B |= _BV(UDRIE0);
}

ISR(USART_UDRE_vect)
{
    if (sent < send_count) {
        UCSR0A |= _BV(TXC0); /* the flag of an earlier character must not end this one */
        UDR0 = sending[sent++];
    }
    if (sent == send_count) {
        UCSR0B = (UCSR0B & ~_BV(UDRIE0)) | _BV(TXCIE0);
    }
}

ISR(USART_TX_vect)
{
    if (sent < send_count)
        return;
    UCSR0B &= ~_BV(TXCIE0);
    DRIVER_PORT &= ~_BV(DRIVER_BIT);
    busy = false;
}

bool uart_sending(void)
{
    return busy;
}
