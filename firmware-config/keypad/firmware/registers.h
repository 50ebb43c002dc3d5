/* Code generated from registers.yaml by go generate; DO NOT EDIT. */
#ifndef REGISTERS_H
#define REGISTERS_H

#define DEVICE_TYPE 0x5151               /* input 0 */
#define FIRMWARE_VERSION 0x0100          /* binary coded decimal */
#define FIRMWARE_VERSION_TEXT "1.00"     /* the same, FC 2B/0E */
#define DEVICE_VENDOR "Mot Cua"          /* FC 2B/0E */
#define DEVICE_PRODUCT "MOTCUA-KP"       /* FC 2B/0E */

#define EVENT_RING 16                    /* presses kept */
#define EVENT_SEQ_STEP 4099UL            /* first seq = 1 + boot * step mod 65535 */
#define EVENT_AGE_UNIT_MS 10             /* unit of age */
#define HOST_LOST_MS 5000                /* without a request */

#define KEY_COUNT 10
/* port, bit, of key 1, 2, ... */
#define KEY_PINS \
    {'C', 0}, /* 1: rating, the best level */ \
    {'C', 1}, /* 2: rating, second level */ \
    {'C', 2}, /* 3: rating, third level */ \
    {'C', 3}, /* 4: rating, fourth level */ \
    {'C', 4}, /* 5: rating, fifth level */ \
    {'D', 3}, /* 6: call the next number */ \
    {'D', 4}, /* 7: call the same number again */ \
    {'D', 5}, /* 8: the visitor did not come */ \
    {'D', 6}, /* 9: pause the counter, or go on */ \
    {'D', 7}, /* 10: ask for a rating */

#define INPUT_DEVICE_TYPE 0              /* always the device's type */
#define INPUT_VERSION 1                  /* BCD: of the firmware */
#define INPUT_BOOT 2                     /* counts starts of the chip; kept in EEPROM */
#define INPUT_UPTIME 3                   /* s: since the start; goes round after 18 h */
#define INPUT_QUEUED 4                   /* events waiting to be acknowledged */
#define INPUT_SEQ 5                      /* of the oldest event, 0 when there is none; (boot, seq) names an event for good */
#define INPUT_KEY 6                      /* of the oldest event, 0 when there is none */
#define INPUT_AGE 7                      /* 10 ms: of the oldest event; stays at 65535 */
#define INPUT_LOST 8                     /* presses lost since the start because the ring was full; stays at 65535 */
#define INPUT_CRC_ERRORS 9               /* frames with a wrong CRC since the start, whoever they were for; stays at 65535 */
#define INPUT_RAW_KEYS 10                /* keys held down now, after debouncing; bit 0 is key 1 */
#define INPUT_END 11                     /* one more than the last address */

#define HOLDING_ACK 0                    /* a seq: drops the oldest event if it has just this one; anything else, and 0, changes nothing */
#define HOLDING_DEBOUNCE 1               /* ms: a key must be quiet this long */
#define HOLDING_DEBOUNCE_MIN 1           /* smallest value */
#define HOLDING_DEBOUNCE_MAX 200         /* greatest value */
#define HOLDING_DEBOUNCE_DEFAULT 20      /* until it is set */
#define HOLDING_LED 2                    /* bits 0 and 1: lamps A and B on; bits 4 and 5: they blink instead */
#define HOLDING_LED_MIN 0                /* smallest value */
#define HOLDING_LED_MAX 51               /* greatest value */
#define HOLDING_ADDRESS 3                /* on the line */
#define HOLDING_ADDRESS_MIN 1            /* smallest value */
#define HOLDING_ADDRESS_MAX 247          /* greatest value */
#define HOLDING_ADDRESS_DEFAULT 1        /* until it is set */
#define HOLDING_PARITY 4                 /* 0 = 8N1, 1 = 8E1 */
#define HOLDING_PARITY_MIN 0             /* smallest value */
#define HOLDING_PARITY_MAX 1             /* greatest value */
#define HOLDING_PARITY_DEFAULT 0         /* until it is set */
#define HOLDING_BAUD 5                   /* 100 Bd: 9600, 19200, 38400 or 57600 */
#define HOLDING_BAUD_MIN 96              /* smallest value */
#define HOLDING_BAUD_MAX 576             /* greatest value */
#define HOLDING_BAUD_DEFAULT 192         /* until it is set */
#define HOLDING_BAUD_VALUES 96, 192, 384, 576
#define HOLDING_MIRROR 16                /* the inputs again, so that one FC 17 hex acknowledges and reads the next event */
#define HOLDING_MIRROR_COUNT 11          /* registers in a row */
#define HOLDING_DIGITS 32                /* characters of the display, from the left; what seven segments cannot show stays dark */
#define HOLDING_DIGITS_COUNT 8           /* registers in a row */
#define HOLDING_DIGITS_MIN 32            /* smallest value */
#define HOLDING_DIGITS_MAX 126           /* greatest value */
#define HOLDING_DIGITS_DEFAULT 32        /* until it is set */
#define HOLDING_BLINK 40                 /* places of the display that blink; bit 0 is the leftmost */
#define HOLDING_BLINK_MIN 0              /* smallest value */
#define HOLDING_BLINK_MAX 255            /* greatest value */
#define HOLDING_BRIGHTNESS 41            /* of the display */
#define HOLDING_BRIGHTNESS_MIN 0         /* smallest value */
#define HOLDING_BRIGHTNESS_MAX 15        /* greatest value */
#define HOLDING_BRIGHTNESS_DEFAULT 8     /* until it is set */
#define HOLDING_BEEP 42                  /* 10 ms: sounds the buzzer this long; reads what is left of it */
#define HOLDING_BEEP_MIN 0               /* smallest value */
#define HOLDING_BEEP_MAX 200             /* greatest value */
#define HOLDING_CONFIG_CRC 64            /* CRC of the configuration in force */
#define HOLDING_CONFIG_COMMIT 65         /* the CRC of the pending values: stores them and puts them in force after the answer; a wrong one forgets them (exception 3) */
#define HOLDING_END 66                   /* one more than the last address */

#endif
