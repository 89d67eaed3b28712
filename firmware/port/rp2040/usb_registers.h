/* SPDX-License-Identifier: MIT */
/* The USB controller's memory and registers (4.1.3, 4.1.4). */
#ifndef FOB_FIRMWARE_PORT_RP2040_USB_REGISTERS_H
#define FOB_FIRMWARE_PORT_RP2040_USB_REGISTERS_H

#include "firmware/port/rp2040/registers.h"

/* --- dual-port RAM -------------------------------------------------------*/

#define USB_DPRAM UINT32_C(0x50100000)
enum { USB_DPRAM_LEN = 4096 };

/* Endpoint 1 in, 1 out, 2 in ...  */
#define USB_ENDPOINT_CONTROL(number) (USB_DPRAM + 0x08 + 4u * (number))
#define USB_ENDPOINT_ENABLE BIT(31)
#define USB_ENDPOINT_TELL_EACH BIT(29) /* interrupt for every buffer */
enum { USB_ENDPOINT_TYPE_AT = 26 };

/* Endpoint 0 in, 0 out, 1 in ...  */
#define USB_BUFFER_CONTROL(number) (USB_DPRAM + 0x80 + 4u * (number))
#define USB_BUFFER_FULL BIT(15)
#define USB_BUFFER_LAST BIT(14)
#define USB_BUFFER_DATA1 BIT(13)
#define USB_BUFFER_STALL BIT(11)
#define USB_BUFFER_AVAILABLE BIT(10)
#define USB_BUFFER_LEN UINT32_C(0x3ff)

/* Offsets of the data buffers. */
enum { USB_BUFFER_0 = 0x100, USB_BUFFERS = 0x180 };

/* Three cycles of 48 MHz, in instructions at 125 MHz and rounded up. */
enum { USB_SETTLE = (3 * 125 + 47) / 48 };

/* --- registers -----------------------------------------------------------*/

#define USB_ADDRESS UINT32_C(0x50110000)
#define USB_MAIN UINT32_C(0x50110040)
#define USB_MAIN_ENABLE BIT(0)
#define USB_SOF_RD UINT32_C(0x50110048)
#define USB_SIE_CTRL UINT32_C(0x5011004c)
#define USB_SIE_CTRL_EP0_TELL_EACH BIT(29)
#define USB_SIE_CTRL_PULL_UP BIT(16)
#define USB_SIE_STATUS UINT32_C(0x50110050)
#define USB_SIE_STATUS_RESET BIT(19)
#define USB_SIE_STATUS_SETUP BIT(17)
#define USB_SIE_STATUS_CONNECTED BIT(16)
#define USB_SIE_STATUS_LINES (UINT32_C(3) << 2) /* 0 in a reset */
#define USB_BUFF_STATUS UINT32_C(0x50110058)
#define USB_ABORT UINT32_C(0x50110060)
#define USB_ABORT_DONE UINT32_C(0x50110064)
#define USB_STALL_ARM UINT32_C(0x50110068)
#define USB_MUXING UINT32_C(0x50110074)
#define USB_MUXING_SOFTCON BIT(3)
#define USB_MUXING_TO_PADS BIT(2)
#define USB_MUXING_TO_PHY BIT(0)
#define USB_POWER UINT32_C(0x50110078)
#define USB_POWER_VBUS_OVERRIDE BIT(3)
#define USB_POWER_VBUS BIT(2)
#define USB_PHY_DIRECT UINT32_C(0x5011007c)
#define USB_PHY_DP_PULL_UP BIT(1)
#define USB_PHY_OVERRIDE UINT32_C(0x50110080)
#define USB_PHY_OVERRIDE_DP_PULL_UP BIT(2)
#define USB_INTE UINT32_C(0x50110090)
#define USB_INT_SETUP BIT(16)
#define USB_INT_RESET BIT(12)
#define USB_INT_BUFF_STATUS BIT(4)

#endif
