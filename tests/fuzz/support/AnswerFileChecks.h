#pragma once

#include "core/profile/AnswerFile.h"
#include "tests/fuzz/support/Require.h"

#include <functional>
#include <string>
#include <string_view>

namespace rackmuster::fuzz {

/// What must hold of any text in a format that is parsed. `shapeOf` counts what a value must not add to.
inline void checkParsedFormat(std::string_view text, boot::InstallerFamily kind,
                              const std::function<std::size_t(const std::string&)>& shapeOf) {
    using namespace profile;
    const std::string post = "http://10.0.0.1/t/1/post";
    const std::string done = "http://10.0.0.1/t/1/done";
    const auto valuesOf = [](const char* value) {
        return Variables{{"hostname", value}, {"mac", value}, {"dns", "10.0.0.1,10.0.0.2"}, {"slot", "7"}};
    };
    const bool isGood = checkSyntax(text, kind).has_value();
    const auto rendered = render(text, kind, valuesOf("</a>]]>--'\"&<b: [{#, - !*&x=\"-"));
    const auto harmless = render(text, kind, valuesOf("x"));
    require(rendered.has_value() == harmless.has_value());
    if (!rendered)
        return;
    require(shapeOf(*rendered) == shapeOf(*harmless));
    if (rendered->find("{{") == rendered->npos) {
        const auto again = render(*rendered, kind, {});
        require(again.has_value() && *again == *rendered);
    }
    const auto reported = withReports(*rendered, kind, post, done);
    require(reported.has_value() || !isGood);
    if (!reported)
        return;
    require(reported->find(post) != reported->npos && reported->find(done) != reported->npos);
    require(withReports(*reported, kind, post, done).has_value());
}

} // namespace rackmuster::fuzz
