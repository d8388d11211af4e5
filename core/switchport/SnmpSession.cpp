#include "core/switchport/SnmpSession.h"

// clang-format off: the other headers of net-snmp need the first
#include <net-snmp/library/large_fd_set.h>
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
// clang-format on

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace rackmuster::switchport {

/// What came back for one request; filled by the library's callback.
struct SnmpSession::Exchange {
    bool isOver = false;
    int failure = SNMPERR_SUCCESS; ///< SNMPERR_...
    netsnmp_pdu* answer = nullptr; ///< Owned.

    Exchange() = default;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    ~Exchange() {
        if (answer != nullptr)
            snmp_free_pdu(answer);
    }

    static int arrived(int operation, netsnmp_session*, int, netsnmp_pdu* pdu, void* magic);
};

namespace {

/// Rows of one answer: 25 of some 45 bytes stay below an Ethernet frame, so nothing is fragmented.
constexpr long rowsPerAnswer = 25;

void startLibrary() {
    static std::once_flag once;
    std::call_once(once, [] {
        // Nothing of this computer's SNMP configuration plays a part, nothing is written, nothing is printed.
        netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
        netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
        netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DISABLE_CONFIG_LOAD, 1);
        netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
        netsnmp_set_mib_directory("");
        init_snmp("rackmuster");
    });
}

struct Protocol {
    const oid* id;
    std::size_t length;
};

Protocol protocolOf(Authentication authentication) {
    switch (authentication) {
    case Authentication::None:
        break;
    case Authentication::Md5:
        return {usmHMACMD5AuthProtocol, OID_LENGTH(usmHMACMD5AuthProtocol)};
    case Authentication::Sha1:
        return {usmHMACSHA1AuthProtocol, OID_LENGTH(usmHMACSHA1AuthProtocol)};
    case Authentication::Sha256:
        return {usmHMAC192SHA256AuthProtocol, OID_LENGTH(usmHMAC192SHA256AuthProtocol)};
    case Authentication::Sha512:
        return {usmHMAC384SHA512AuthProtocol, OID_LENGTH(usmHMAC384SHA512AuthProtocol)};
    }
    return {nullptr, 0};
}

Protocol protocolOf(Privacy privacy) {
    switch (privacy) {
    case Privacy::None:
        break;
    case Privacy::Aes128:
        return {usmAESPrivProtocol, OID_LENGTH(usmAESPrivProtocol)};
    case Privacy::Aes256:
        return {usmAES256PrivProtocol, OID_LENGTH(usmAES256PrivProtocol)};
    }
    return {nullptr, 0};
}

/// The settings of a session and the texts that they point at; the library copies both.
class SessionSettings {
public:
    Result<void> fill(const SwitchAccess& access, std::optional<int> vlan);
    [[nodiscard]] netsnmp_session& session() { return m_session; }

private:
    Result<void> setUser(const SnmpUser& user);
    Result<void> setKeys(const SnmpUser& user);

    netsnmp_session m_session{};
    std::string m_peer;
    std::string m_community;
    std::string m_user;
    std::string m_context;
};

Result<void> SessionSettings::fill(const SwitchAccess& access, std::optional<int> vlan) {
    snmp_sess_init(&m_session);
    m_peer = "udp:" + access.address + ":" + std::to_string(access.port);
    m_session.peername = m_peer.data();
    m_session.retries = access.retries;
    m_session.timeout = static_cast<long>(std::chrono::microseconds(access.patience).count());
    if (!access.user.name.empty()) {
        m_context = vlan ? "vlan-" + std::to_string(*vlan) : "";
        return setUser(access.user);
    }
    m_session.version = SNMP_VERSION_2c;
    m_community = access.community + (vlan ? "@" + std::to_string(*vlan) : "");
    m_session.community = reinterpret_cast<u_char*>(m_community.data());
    m_session.community_len = m_community.size();
    return {};
}

Result<void> SessionSettings::setUser(const SnmpUser& user) {
    m_user = user.name;
    m_session.version = SNMP_VERSION_3;
    m_session.securityName = m_user.data();
    m_session.securityNameLen = m_user.size();
    m_session.contextName = m_context.data();
    m_session.contextNameLen = m_context.size();
    m_session.securityLevel = user.privacy != Privacy::None                 ? SNMP_SEC_LEVEL_AUTHPRIV
                              : user.authentication != Authentication::None ? SNMP_SEC_LEVEL_AUTHNOPRIV
                                                                            : SNMP_SEC_LEVEL_NOAUTH;
    return user.authentication == Authentication::None ? Result<void>() : setKeys(user);
}

Result<void> SessionSettings::setKeys(const SnmpUser& user) {
    const auto makeKey = [this](const std::string& password, u_char* key, std::size_t& length) {
        return generate_Ku(m_session.securityAuthProto, static_cast<u_int>(m_session.securityAuthProtoLen),
                           reinterpret_cast<const u_char*>(password.data()), password.size(), key,
                           &length) == SNMPERR_SUCCESS;
    };
    const Protocol authentication = protocolOf(user.authentication);
    m_session.securityAuthProto = snmp_duplicate_objid(authentication.id, authentication.length);
    m_session.securityAuthProtoLen = authentication.length;
    m_session.securityAuthKeyLen = USM_AUTH_KU_LEN;
    bool isMade =
        makeKey(user.authenticationPassword, m_session.securityAuthKey, m_session.securityAuthKeyLen);
    if (user.privacy != Privacy::None) {
        const Protocol privacy = protocolOf(user.privacy);
        m_session.securityPrivProto = snmp_duplicate_objid(privacy.id, privacy.length);
        m_session.securityPrivProtoLen = privacy.length;
        m_session.securityPrivKeyLen = USM_PRIV_KU_LEN;
        isMade =
            makeKey(user.privacyPassword, m_session.securityPrivKey, m_session.securityPrivKeyLen) && isMade;
    }
    if (!isMade)
        return fail(ErrorCode::Malformed, "The SNMP password", "libnetsnmp makes no key of it");
    return {};
}

/// The list of users outlives sessions, with the keys of the first that named them: a password that was
/// mistyped would stay.
void forgetUsers() {
    while (usmUser* const user = usm_get_userList()) {
        usm_remove_user(user);
        usm_free_user(user);
    }
}

Error refusal(const std::string& address, int failure) {
    switch (failure) {
    case SNMPERR_TIMEOUT:
    case SNMPERR_BAD_SENDTO:
        return {ErrorCode::SwitchSilent, address, {}};
    case SNMPERR_UNKNOWN_USER_NAME:
    case SNMPERR_USM_UNKNOWNSECURITYNAME:
        return {ErrorCode::SwitchRefused, address, "it does not know the user"};
    case SNMPERR_AUTHENTICATION_FAILURE:
    case SNMPERR_USM_AUTHENTICATIONFAILURE:
        return {ErrorCode::SwitchRefused, address, "the password or the kind of authentication is another"};
    case SNMPERR_DECRYPTION_ERR:
    case SNMPERR_USM_DECRYPTIONERROR:
        return {ErrorCode::SwitchRefused, address, "the password or the kind of privacy is another"};
    case SNMPERR_UNSUPPORTED_SEC_LEVEL:
    case SNMPERR_USM_UNSUPPORTEDSECURITYLEVEL:
        return {ErrorCode::SwitchRefused, address, "the user needs another level of security"};
    default:
        return {ErrorCode::SwitchRefused, address, snmp_api_errstring(failure)};
    }
}

bool isBelow(const ObjectId& id, const ObjectId& column) {
    return id.size() > column.size() && std::equal(column.begin(), column.end(), id.begin());
}

SnmpRow rowOf(const netsnmp_variable_list& variable, ObjectId index) {
    SnmpRow row{std::move(index), std::nullopt, {}};
    switch (variable.type) {
    case ASN_INTEGER:
        row.number = *variable.val.integer;
        break;
    case ASN_GAUGE:
    case ASN_UINTEGER:
        row.number = static_cast<std::uint32_t>(*variable.val.integer);
        break;
    case ASN_OCTET_STR:
        row.text.assign(reinterpret_cast<const char*>(variable.val.string), variable.val_len);
        break;
    default:
        break; // neither number nor text: the reading calls it malformed
    }
    return row;
}

} // namespace

int SnmpSession::Exchange::arrived(int operation, netsnmp_session*, int, netsnmp_pdu* pdu, void* magic) {
    auto& exchange = *static_cast<Exchange*>(magic);
    if (operation == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE && pdu->command == SNMP_MSG_REPORT) {
        exchange.failure = snmpv3_get_report_type(pdu);
        // The library sends it again with the clock that the report brought.
        if (exchange.failure == SNMPERR_NOT_IN_TIME_WINDOW)
            return 0;
        exchange.isOver = true;
        return 1;
    }
    if (operation == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE && pdu->command == SNMP_MSG_RESPONSE) {
        exchange.failure = SNMPERR_SUCCESS;
        exchange.answer = snmp_clone_pdu(pdu);
        exchange.isOver = true;
    } else if (operation == NETSNMP_CALLBACK_OP_TIMED_OUT) {
        exchange.failure = SNMPERR_TIMEOUT;
        exchange.isOver = true;
    } else if (operation == NETSNMP_CALLBACK_OP_SEC_ERROR) {
        exchange.failure = SNMPERR_AUTHENTICATION_FAILURE;
        exchange.isOver = true;
    } else if (operation == NETSNMP_CALLBACK_OP_SEND_FAILED) {
        exchange.failure = SNMPERR_BAD_SENDTO;
        exchange.isOver = true;
    }
    return 1;
}

Result<SnmpSession> SnmpSession::open(const SwitchAccess& access, std::optional<int> vlan,
                                      std::stop_token stop) {
    startLibrary();
    forgetUsers();
    SessionSettings settings;
    if (const auto filled = settings.fill(access, vlan); !filled)
        return tl::unexpected(filled.error());
    SnmpSession session(access, std::move(stop));
    session.m_wake = FileDescriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!session.m_wake.isOpen())
        return failSystem("Asking a switch");
    session.m_handle = snmp_sess_open(&settings.session());
    if (session.m_handle == nullptr) {
        const int failure = settings.session().s_snmp_errno;
        if (failure == SNMPERR_BAD_ADDRESS)
            return fail(ErrorCode::BadAddress, "address of a switch", access.address);
        return tl::unexpected(refusal(access.address, failure));
    }
    return session;
}

SnmpSession::SnmpSession(SnmpSession&& other) noexcept
    : m_access(std::move(other.m_access)), m_stop(std::move(other.m_stop)), m_wake(std::move(other.m_wake)),
      m_handle(std::exchange(other.m_handle, nullptr)) {}

SnmpSession::~SnmpSession() {
    if (m_handle != nullptr)
        snmp_sess_close(m_handle);
}

Result<std::vector<SnmpRow>> SnmpSession::walk(const ObjectId& column, Instant deadline) {
    std::vector<SnmpRow> rows;
    for (ObjectId from = column; !from.empty();) {
        auto batch = getBulk(from, column, deadline);
        if (!batch)
            return tl::unexpected(batch.error());
        std::move(batch->rows.begin(), batch->rows.end(), std::back_inserter(rows));
        if (rows.size() > m_access.mostRows)
            return fail(ErrorCode::SwitchTooLarge, m_access.address, std::to_string(m_access.mostRows));
        from = std::move(batch->last);
    }
    return rows;
}

Result<SnmpSession::Batch> SnmpSession::getBulk(const ObjectId& from, const ObjectId& column,
                                                Instant deadline) {
    netsnmp_pdu* const request = snmp_pdu_create(SNMP_MSG_GETBULK);
    request->non_repeaters = 0;
    request->max_repetitions = rowsPerAnswer;
    const std::vector<oid> name(from.begin(), from.end());
    snmp_add_null_var(request, name.data(), name.size());
    Exchange exchange;
    if (snmp_sess_async_send(m_handle, request, &Exchange::arrived, &exchange) == 0) {
        snmp_free_pdu(request);
        int failure = SNMPERR_GENERR;
        snmp_sess_error(m_handle, nullptr, &failure, nullptr);
        return tl::unexpected(refusal(m_access.address, failure));
    }
    if (const auto waited = waitFor(exchange, deadline); !waited)
        return tl::unexpected(waited.error());
    if (exchange.answer == nullptr)
        return tl::unexpected(refusal(m_access.address, exchange.failure));
    if (exchange.answer->errstat != SNMP_ERR_NOERROR)
        return fail(ErrorCode::SwitchRefused, m_access.address,
                    snmp_errstring(static_cast<int>(exchange.answer->errstat)));
    Batch batch;
    ObjectId last = from;
    for (const netsnmp_variable_list* variable = exchange.answer->variables; variable != nullptr;
         variable = variable->next_variable) {
        const ObjectId id(variable->name, variable->name + variable->name_length);
        const bool isEnd = variable->type == SNMP_ENDOFMIBVIEW || variable->type == SNMP_NOSUCHOBJECT ||
                           variable->type == SNMP_NOSUCHINSTANCE;
        if (isEnd || !isBelow(id, column))
            return batch;
        if (id <= last) // RFC 3416 4.2.3: they ascend; a switch that goes in circles would be walked for ever
            return fail(ErrorCode::SwitchRefused, m_access.address, "its table does not ascend");
        batch.rows.push_back(
            rowOf(*variable, {id.begin() + static_cast<std::ptrdiff_t>(column.size()), id.end()}));
        last = id;
    }
    if (!batch.rows.empty())
        batch.last = std::move(last);
    return batch;
}

/// The library sends again and gives up by itself, when it is called at the times that it names.
Result<void> SnmpSession::waitFor(Exchange& exchange, Instant deadline) {
    const std::stop_callback wakes(m_stop, [this] { (void)::eventfd_write(m_wake.get(), 1); });
    while (!exchange.isOver) {
        if (m_stop.stop_requested() || BootClock::now() >= deadline) {
            // It must not call back into what is gone.
            snmp_sess_close(std::exchange(m_handle, nullptr));
            if (m_stop.stop_requested())
                return fail(ErrorCode::ReadingCancelled, m_access.address);
            return fail(ErrorCode::SwitchRefused, m_access.address,
                        "its tables take longer than " + std::to_string(m_access.longestWalk.count()) + " s");
        }
        readOnce(static_cast<int>(
            std::chrono::ceil<std::chrono::milliseconds>(deadline - BootClock::now()).count()));
    }
    return {};
}

void SnmpSession::readOnce(int waited) {
    netsnmp_large_fd_set readable;
    netsnmp_large_fd_set_init(&readable, FD_SETSIZE);
    int count = 0;
    int block = 1;
    timeval left{};
    snmp_sess_select_info2(m_handle, &count, &readable, &left, &block);
    const auto resend = static_cast<int>(left.tv_sec * 1000 + left.tv_usec / 1000 + 1);
    const int socket = snmp_sess_transport(m_handle)->sock;
    pollfd sources[] = {{socket, POLLIN, 0}, {m_wake.get(), POLLIN, 0}};
    const int ready = ::poll(sources, std::size(sources), block != 0 ? waited : std::min(waited, resend));
    if (ready > 0 && sources[0].revents != 0)
        snmp_sess_read2(m_handle, &readable);
    else if (ready == 0)
        snmp_sess_timeout(m_handle);
    netsnmp_large_fd_set_cleanup(&readable);
}

} // namespace rackmuster::switchport
