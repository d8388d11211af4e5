#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QXmlStreamAttributes>
#include <QXmlStreamWriter>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::profile {

/// What happens to XML while it is copied. Each may be missing.
struct XmlEdits {
    /// What stands in text, CDATA, attribute values and comments.
    std::function<QString(const QString&)> replaced;
    /// Behind a start tag and before an end tag; `path` is "root/element/element" of qualified names. May
    /// write, or say why this document cannot be used.
    std::function<std::optional<std::string>(QXmlStreamWriter&, const QString& path,
                                             const QXmlStreamAttributes& attributes)>
        started;
    std::function<void(QXmlStreamWriter&, const QString& path)> ending;
};

/// Copies a document; names, attributes and blanks stay as they are. Entities are neither declared nor
/// expanded. Error: Malformed, with the line.
[[nodiscard]] Result<std::string> copyXml(std::string_view text, const XmlEdits& edits);

} // namespace rackmuster::profile
