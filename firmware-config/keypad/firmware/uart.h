/* The line: whole frames in, whole frames out. */
#ifndef UART_H
#define UART_H

#include <stdbool.h>
#include <stdint.h>

#define FRAME_MAX 64 /* longer ones are for others; ours need 31 bytes at most */

void uart_start(uint16_t baud_hundreds, bool even_parity);
uint8_t uart_frame(uint8_t *frame); /* copies a received frame; 0 when there is none */
void uart_send(const uint8_t *frame, uint8_t count);
bool uart_sending(void);

#endif
