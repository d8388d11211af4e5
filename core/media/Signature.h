#pragma once

#include "core/base/ByteReader.h"

#include <string>
#include <vector>

namespace rackmuster::media {

/// Who signed, as the certificate says: nothing is verified here, the machine's firmware does that.
struct Signer {
    std::string name;   ///< common name of the certificate; of its issuer when the certificate is not there
    std::string issuer; ///< common name of who issued it

    bool operator==(const Signer&) const = default;
};

/// The signers of a PKCS#7 SignedData (RFC 2315 9) as Authenticode puts it into UEFI programs. Empty when the
/// bytes are no such thing. An own reader of the few fields, because the reading process may open no files,
/// as general libraries do when they start.
[[nodiscard]] std::vector<Signer> signersOf(Bytes pkcs7);

} // namespace rackmuster::media
