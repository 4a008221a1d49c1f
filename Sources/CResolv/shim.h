#pragma once
#include <netinet/in.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>

// The names of libresolv are macros, which Swift does not see, and its state is too large for it.
//
// Asks for the records of one type under a name: of the system's name servers, or of one at an IPv4
// address (both in network order; 0 for none). Gives the length of the answer, or the negative
// h_errno: HOST_NOT_FOUND and NO_DATA where there is none, all else where nobody could say.
static inline int budstikke_resolve(
    const char *name, int type, unsigned int address, unsigned short port, int seconds,
    unsigned char *answer, int capacity)
{
    struct __res_state state;
    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0) return -NO_RECOVERY;
    state.retrans = seconds;
    state.retry = 2;
    state.options &= ~(unsigned long)(RES_DNSRCH | RES_DEFNAMES);
    if (address != 0) {
        state.nscount = 1;
        memset(&state.nsaddr_list[0], 0, sizeof state.nsaddr_list[0]);
        state.nsaddr_list[0].sin_family = AF_INET;
        state.nsaddr_list[0].sin_addr.s_addr = address;
        state.nsaddr_list[0].sin_port = port;
    }
    int length = res_nquery(&state, name, ns_c_in, type, answer, capacity);
    int error = state.res_h_errno;
    res_nclose(&state);
    return length >= 0 ? length : error > 0 ? -error : -NO_RECOVERY;
}
