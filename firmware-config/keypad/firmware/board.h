/* The pins of the board, ATmega328P at 16 MHz. Keys are in registers.h (KEY_PINS).
 * README.md has the same table with the wiring. */
#ifndef BOARD_H
#define BOARD_H

#include <avr/io.h>

/* RS-485: PD0 receives, PD1 sends, PD2 is DE and /RE of the transceiver tied
 * together: high while we speak, low while we listen. A pull-down of 10 kOhm at
 * PD2 keeps a chip in reset from blocking the line for everybody. */
#define DRIVER_PORT PORTD
#define DRIVER_DDR DDRD
#define DRIVER_BIT PD2

/* Lamps, high = lit. */
#define LAMP_LOST_PORT PORTB /* red: nobody has asked for HOST_LOST_MS */
#define LAMP_LOST_DDR DDRB
#define LAMP_LOST_BIT PB0
#define LAMP_A_PORT PORTC /* bit 0 of the LED register */
#define LAMP_A_DDR DDRC
#define LAMP_A_BIT PC5
#define LAMP_B_PORT PORTB /* bit 1 of the LED register */
#define LAMP_B_DDR DDRB
#define LAMP_B_BIT PB4

/* Buzzer with its own oscillator, high = sounds. */
#define BUZZER_PORT PORTB
#define BUZZER_DDR DDRB
#define BUZZER_BIT PB1

/* Display of eight digits on a MAX7219; may be left out. */
#define DISPLAY_PORT PORTB
#define DISPLAY_DDR DDRB
#define DISPLAY_LOAD_BIT PB2
#define DISPLAY_DATA_BIT PB3
#define DISPLAY_CLOCK_BIT PB5

#endif
