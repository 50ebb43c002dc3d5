/* Function numbers and layouts: Modbus Application Protocol 1.1b3. */
#include "modbus.h"

#include <string.h>

#include "crc.h"
#include "registers.h"
#include "uart.h"
#include "values.h"

#define READ_HOLDING 0x03
#define READ_INPUT 0x04
#define WRITE_ONE 0x06
#define WRITE_MANY 0x10
#define WRITE_READ 0x17
#define IDENTIFY 0x2B
#define IDENTIFY_MEI 0x0E
#define BASIC_OBJECTS 3

#define BROADCAST 0
#define MOST_READ 125
/* The longest row without a gap has 11 registers; more cannot be answered. */
#define ROOM ((FRAME_MAX - 5) / 2)

static uint16_t word(const uint8_t *b)
{
    return (uint16_t)b[0] << 8 | b[1];
}

static uint8_t exception(uint8_t *frame, uint8_t code)
{
    frame[1] |= 0x80;
    frame[2] = code;
    return 3;
}

/* Puts count registers into the answer. */
static uint8_t answer_read(uint8_t *frame, uint16_t first, uint16_t count, uint32_t now, bool inputs)
{
    if (count == 0 || count > MOST_READ)
        return exception(frame, BAD_VALUE);
    if (count > ROOM)
        return exception(frame, BAD_ADDRESS);
    uint8_t *out = &frame[3];
    for (uint8_t i = 0; i < count; i++) {
        uint16_t a = first + i, value;
        uint8_t bad = inputs ? input_read(a, now, &value) : holding_read(a, now, &value);
        if (bad)
            return exception(frame, bad);
        *out++ = value >> 8;
        *out++ = (uint8_t)value;
    }
    frame[2] = (uint8_t)(2 * count);
    return 3 + frame[2];
}

/* All values are checked before the first one is written: a refused frame has
 * changed nothing. Returns an exception or 0. */
static uint8_t write_all(const uint8_t *values, uint16_t first, uint8_t count, uint32_t now, bool everybody)
{
    for (uint8_t i = 0; i < count; i++) {
        uint8_t bad = holding_check(first + i, word(&values[2 * i]));
        if (!bad && everybody && !values_by_broadcast(first + i))
            bad = BAD_ADDRESS;
        if (bad)
            return bad;
    }
    for (uint8_t i = 0; i < count; i++) {
        uint8_t bad = holding_write(first + i, word(&values[2 * i]), now);
        if (bad)
            return bad;
    }
    return 0;
}

/* Device identification, basic objects as a stream (read code 1) or one (4). */
static uint8_t answer_identify(uint8_t *frame, uint8_t count)
{
    static const char *const objects[BASIC_OBJECTS] = {
        DEVICE_VENDOR, DEVICE_PRODUCT, FIRMWARE_VERSION_TEXT};
    if (count != 5 || frame[2] != IDENTIFY_MEI)
        return exception(frame, BAD_FUNCTION);
    uint8_t code = frame[3], object = frame[4];
    if (code != 1 && code != 4)
        return exception(frame, BAD_VALUE);
    if (object >= BASIC_OBJECTS) {
        if (code == 4)
            return exception(frame, BAD_ADDRESS);
        object = 0; /* a stream starts anew */
    }
    uint8_t end = code == 4 ? object + 1 : BASIC_OBJECTS;
    frame[3] = code;
    frame[4] = 0x81; /* basic objects, also one by one */
    frame[5] = 0;    /* nothing follows */
    frame[6] = 0;
    frame[7] = end - object;
    uint8_t at = 8;
    for (; object < end; object++) {
        uint8_t length = (uint8_t)strlen(objects[object]);
        frame[at++] = object;
        frame[at++] = length;
        memcpy(&frame[at], objects[object], length);
        at += length;
    }
    return at;
}

static uint8_t answer_write_many(uint8_t *frame, uint8_t count, uint32_t now, bool everybody)
{
    uint8_t registers = frame[5];
    if (count < 7 || word(&frame[4]) != registers || registers == 0 ||
        frame[6] != 2 * registers || count != 7 + frame[6])
        return exception(frame, BAD_VALUE);
    uint8_t bad = write_all(&frame[7], word(&frame[2]), registers, now, everybody);
    return bad ? exception(frame, bad) : 6;
}

/* Writing comes before reading (1.1b3, 6.17), so the acknowledgement in a request
 * already shows in its answer. */
static uint8_t answer_write_read(uint8_t *frame, uint8_t count, uint32_t now)
{
    if (count < 11)
        return exception(frame, BAD_VALUE);
    uint16_t first = word(&frame[2]), wanted = word(&frame[4]);
    uint8_t registers = frame[9];
    if (word(&frame[8]) != registers || registers == 0 || frame[10] != 2 * registers ||
        count != 11 + frame[10] || wanted == 0 || wanted > MOST_READ)
        return exception(frame, BAD_VALUE);
    uint8_t bad = write_all(&frame[11], word(&frame[6]), registers, now, false);
    return bad ? exception(frame, bad) : answer_read(frame, first, wanted, now, false);
}

/* count is without the CRC. */
static uint8_t answer(uint8_t *frame, uint8_t count, uint32_t now)
{
    bool everybody = frame[0] == BROADCAST;
    switch (frame[1]) {
    case READ_HOLDING:
    case READ_INPUT:
        if (count != 6)
            return exception(frame, BAD_VALUE);
        return answer_read(frame, word(&frame[2]), word(&frame[4]), now, frame[1] == READ_INPUT);
    case WRITE_ONE: {
        if (count != 6)
            return exception(frame, BAD_VALUE);
        uint8_t bad = write_all(&frame[4], word(&frame[2]), 1, now, everybody);
        return bad ? exception(frame, bad) : 6;
    }
    case WRITE_MANY:
        return answer_write_many(frame, count, now, everybody);
    case WRITE_READ:
        if (everybody)
            break;
        return answer_write_read(frame, count, now);
    case IDENTIFY:
        return answer_identify(frame, count);
    }
    return exception(frame, BAD_FUNCTION);
}

/* The frames of other units and their answers pass by here too: they are no
 * errors of ours. */
uint8_t modbus_answer(uint8_t *frame, uint8_t count, uint8_t unit, uint32_t now, bool *for_us)
{
    *for_us = false;
    if (count < 4)
        return 0;
    uint16_t crc = crc16(frame, count - 2);
    if (frame[count - 2] != (uint8_t)crc || frame[count - 1] != crc >> 8) {
        values_crc_error();
        return 0;
    }
    if (frame[0] != unit && frame[0] != BROADCAST)
        return 0;
    *for_us = true;
    bool everybody = frame[0] == BROADCAST;
    uint8_t length = answer(frame, count - 2, now);
    if (everybody)
        return 0; /* all would speak at once */
    crc = crc16(frame, length);
    frame[length] = (uint8_t)crc;
    frame[length + 1] = crc >> 8;
    return length + 2;
}
