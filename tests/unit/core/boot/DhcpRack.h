#pragma once

#include "core/boot/DhcpResponder.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <string>
#include <vector>

namespace rackmuster::tests {

/// The small rack of BootFixture.h with its lease table and its clock, asked message by message.
struct DhcpRack {
    boot::Catalog::Contents contents = rack();
    boot::LeaseTable leases;
    decltype(noon) now = noon;

    boot::DhcpDecision ask(const wire::DhcpMessage& message, boot::DhcpPort port = boot::DhcpPort::Server) {
        return boot::respond(message, boot::Catalog(contents), leases, now, port);
    }
    /// DISCOVER and REQUEST; the address that was acknowledged, 0.0.0.0 when none was.
    Ipv4Address lease(const wire::DhcpMessage& discover) {
        const boot::DhcpDecision offer = ask(discover);
        if (!offer.reply)
            return {};
        const boot::DhcpDecision ack = ask(selecting(discover, offer.reply->yiaddr));
        const bool isAck = ack.reply && ack.reply->type() == wire::DhcpType::Ack;
        return isAck ? ack.reply->yiaddr : Ipv4Address();
    }
};

inline std::vector<int> codesOf(const wire::DhcpMessage& message) {
    std::vector<int> codes;
    for (const wire::DhcpMessage::Option& option : message.options)
        codes.push_back(option.code);
    return codes;
}

/// The bytes of an option; "(absent)" without it.
inline std::string bytesOf(const wire::DhcpMessage& message, wire::DhcpOption code) {
    const auto value = message.option(code);
    return value ? std::string(asText(*value)) : "(absent)";
}

} // namespace rackmuster::tests
