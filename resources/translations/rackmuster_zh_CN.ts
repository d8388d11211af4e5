<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CellPaste</name>
    <message>
        <source>Row %1, %2: </source>
        <translation>第 %1 行，%2：</translation>
    </message>
    <message>
        <source>a rack has at most %1 slots.</source>
        <translation>一个机架最多有 %1 个槽位。</translation>
    </message>
    <message>
        <source>no image is called “%1”.</source>
        <translation>没有名为“%1”的镜像。</translation>
    </message>
    <message>
        <source>no profile or menu entry is called “%1”.</source>
        <translation>没有名为“%1”的配置模板或菜单项。</translation>
    </message>
    <message>
        <source>%1 stands in two rows.</source>
        <translation>%1 出现在两行中。</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>Default (%1)</source>
        <translation>默认（%1）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Menu: %1</source>
        <translation>菜单：%1</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>槽位</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>厂商</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>固件</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>配置模板</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Menu: %1</source>
        <translation>菜单：%1</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>VLAN</source>
        <translation>VLAN</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>最近听到</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>The packet or file ends in the middle of %1.</source>
        <translation>报文或文件在 %1 中途结束。</translation>
    </message>
    <message>
        <source>%1 is not valid: %2.</source>
        <translation>%1 无效：%2。</translation>
    </message>
    <message>
        <source>“%2” is not a valid %1.</source>
        <translation>“%2”不是有效的 %1。</translation>
    </message>
    <message>
        <source>“%2” is not a host name: use letters, digits and inner hyphens, 63 characters at most between dots.</source>
        <translation>“%2”不是主机名：只能用字母、数字和中间的连字符，点号之间最多 63 个字符。</translation>
    </message>
    <message>
        <source>Line %1 of the plan: %2. The other lines were read.</source>
        <translation>计划表第 %1 行：%2。其余各行已读入。</translation>
    </message>
    <message>
        <source>The profile uses {{%1}}, which has no value (%2).</source>
        <translation>配置模板用到 {{%1}}，但它没有值（%2）。</translation>
    </message>
    <message>
        <source>%1 is not an ISO image. Choose an installation ISO.</source>
        <translation>%1 不是 ISO 镜像，请选择安装用的 ISO。</translation>
    </message>
    <message>
        <source>%1 is incomplete: %2. Download or copy it again.</source>
        <translation>%1 不完整：%2。请重新下载或复制。</translation>
    </message>
    <message>
        <source>%1 is damaged: %2. Download or copy it again.</source>
        <translation>%1 已损坏：%2。请重新下载或复制。</translation>
    </message>
    <message>
        <source>%1 holds no installer that Rackmuster knows. Choose an installation image.</source>
        <translation>%1 中没有 Rackmuster 认识的安装程序，请选择安装镜像。</translation>
    </message>
    <message>
        <source>%1 holds %2, an add-on without an installer. Choose the image of the system that it belongs to.</source>
        <translation>%1 是附加组件 %2，没有安装程序。请选择它所属系统的安装镜像。</translation>
    </message>
    <message>
        <source>%1 holds only the live system of %2, no installer that starts by network. Choose the server or network installation image.</source>
        <translation>%1 只有 %2 的 Live 系统，没有能从网络启动的安装程序。请选择服务器版或网络安装镜像。</translation>
    </message>
    <message>
        <source>%1 holds the installer of %2, which Rackmuster cannot start yet.</source>
        <translation>%1 是 %2 的安装镜像，Rackmuster 目前还不能启动这种安装程序。</translation>
    </message>
    <message>
        <source>%1 holds no kernel and initrd of an installer. Choose the first disc or the network installation image.</source>
        <translation>%1 中没有安装程序的内核和 initrd。请选择第一张光盘或网络安装镜像。</translation>
    </message>
    <message>
        <source>%1 names %2 as part of its installer, but does not hold it. Download or copy it again.</source>
        <translation>%1 的安装程序需要 %2，但镜像中没有这个文件。请重新下载或复制。</translation>
    </message>
    <message>
        <source>Machines with BIOS firmware cannot start from %1: this computer has no pxelinux.0. Install the packages pxelinux and syslinux-common.</source>
        <translation>BIOS 固件的机器无法从 %1 启动：本机没有 pxelinux.0。请安装 pxelinux 和 syslinux-common 软件包。</translation>
    </message>
    <message>
        <source>Machines with UEFI firmware cannot start from %1: it has no UEFI loader for %2.</source>
        <translation>UEFI 固件的机器无法从 %1 启动：其中没有 %2 的 UEFI 引导程序。</translation>
    </message>
    <message>
        <source>Machines with UEFI firmware may not start from %1: there is no grub beside its loader %2.</source>
        <translation>UEFI 固件的机器可能无法从 %1 启动：引导程序 %2 旁边没有 grub。</translation>
    </message>
    <message>
        <source>Machines with Secure Boot on refuse %1: its loader %2 is not signed. Switch Secure Boot off on them.</source>
        <translation>开启了 Secure Boot 的机器会拒绝 %1：引导程序 %2 没有签名。请在这些机器上关闭 Secure Boot。</translation>
    </message>
    <message>
        <source>With Secure Boot on, only machines that hold the key of %2 start from %1. Switch Secure Boot off on the others.</source>
        <translation>开启 Secure Boot 时，只有装有 %2 密钥的机器能从 %1 启动。请在其他机器上关闭 Secure Boot。</translation>
    </message>
    <message>
        <source>Machines with Secure Boot on that have run a newer loader refuse %1: %2. Use a newer image, or switch Secure Boot off on them.</source>
        <translation>开启了 Secure Boot 且运行过较新引导程序的机器会拒绝 %1：%2。请换用较新的镜像，或在这些机器上关闭 Secure Boot。</translation>
    </message>
    <message>
        <source>%1 holds no packages: its installer needs a mirror that it can reach.</source>
        <translation>%1 不含软件包：安装程序需要能访问到的镜像源。</translation>
    </message>
    <message>
        <source>The installer of %1 looks for a disc and may stop when it is started by network. Use the network installation image.</source>
        <translation>%1 的安装程序会寻找光盘，从网络启动时可能停住。请使用网络安装镜像。</translation>
    </message>
    <message>
        <source>The UDF volume of %1 cannot be read: files above 4 GiB may be cut.</source>
        <translation>无法读取 %1 的 UDF 卷：大于 4 GiB 的文件可能不完整。</translation>
    </message>
    <message>
        <source>Some files of %1 were left out, the first of them %2.</source>
        <translation>%1 中有些文件未读入，其中第一个：%2。</translation>
    </message>
    <message>
        <source>%1 is for %2 machines, which Rackmuster cannot start. Choose the image for x86-64, i386 or arm64.</source>
        <translation>%1 适用于 %2 机器，Rackmuster 无法启动这类机器。请选择 x86-64、i386 或 arm64 的镜像。</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2.</source>
        <translation>无法打开 %1：%2。</translation>
    </message>
    <message>
        <source>The image reader %1 cannot be used: %2. Install Rackmuster again.</source>
        <translation>镜像读取程序 %1 无法使用：%2。请重新安装 Rackmuster。</translation>
    </message>
    <message>
        <source>%1 cannot be read: the image reader failed on it (%2). Download or copy it again.</source>
        <translation>无法读取 %1：镜像读取程序处理它时出错（%2）。请重新下载或复制。</translation>
    </message>
    <message>
        <source>Reading %1 was stopped: it made the image reader try something forbidden. Do not use it; get it from a source you trust.</source>
        <translation>已停止读取 %1：它使镜像读取程序执行被禁止的操作。请勿使用，改从可信来源获取。</translation>
    </message>
    <message>
        <source>%1 was not read to its end within %2. It is damaged or its disk is too slow: download or copy it again.</source>
        <translation>%2 内未能读完 %1。文件已损坏或所在磁盘太慢，请重新下载或复制。</translation>
    </message>
    <message>
        <source>Reading %1 needs more memory than the %2 that an image may use. It is damaged or made to do harm: download it again.</source>
        <translation>读取 %1 所需内存超过镜像允许的 %2。文件已损坏或含恶意内容，请重新下载。</translation>
    </message>
    <message>
        <source>Reading %1 was cancelled.</source>
        <translation>已取消读取 %1。</translation>
    </message>
    <message>
        <source>%1 changed after it was imported. Put the original back or import it again.</source>
        <translation>%1 在导入之后被改动。请放回原文件，或重新导入。</translation>
    </message>
    <message>
        <source>%1 is gone. If it is on a stick, plug the stick in again: everything goes on by itself when the file is back.</source>
        <translation>%1 不见了。如果它在 U 盘上，请重新插上：文件回来后一切会自动继续。</translation>
    </message>
    <message>
        <source>%1 was moved, deleted or replaced. Machines are served from the open file until Rackmuster ends; import the file from its new place.</source>
        <translation>%1 被移动、删除或替换。在 Rackmuster 退出之前，服务器仍由已打开的文件提供；请从新位置导入该文件。</translation>
    </message>
    <message>
        <source>%1 is already in the library as %2. Remove that one first to use this file instead.</source>
        <translation>%1 已在镜像库中，名为 %2。要改用这个文件，请先移除原来的镜像。</translation>
    </message>
    <message>
        <source>%1 is not the file that was published: its checksum differs from %2. Download it again, or verify it with the right checksum.</source>
        <translation>%1 与发布的文件不一致：校验和与 %2 不符。请重新下载，或用正确的校验和再验证一次。</translation>
    </message>
    <message>
        <source>There is no room for the copy in %1: %2. Make room, then copy again.</source>
        <translation>%1 没有空间存放副本：%2。请腾出空间后再复制。</translation>
    </message>
    <message>
        <source>There is no network interface %1. Choose another one.</source>
        <translation>没有网口 %1，请另选一个。</translation>
    </message>
    <message>
        <source>%1 has no IPv4 address. Give it a fixed address, then start again.</source>
        <translation>%1 没有 IPv4 地址。请配置固定地址后再启动。</translation>
    </message>
    <message>
        <source>Port %1 is in use by %2. Stop that program, then start again.</source>
        <translation>端口 %1 被 %2 占用。请停止该程序后再启动。</translation>
    </message>
    <message>
        <source>Log messages of machines are not received, as port %1 is in use.</source>
        <translation>端口 %1 已被占用，无法接收机器的日志。</translation>
    </message>
    <message>
        <source>Address %1 is in use by %2. It is left alone; choose a range that nobody uses.</source>
        <translation>地址 %1 正被 %2 使用，不会再分配。请选择无人使用的地址范围。</translation>
    </message>
    <message>
        <source>Unknown machines ask too often (%1 requests left unanswered). Until that ends, only known machines are answered.</source>
        <translation>未知机器的请求过于频繁（%1 个请求未应答）。在此期间只应答已知机器。</translation>
    </message>
    <message>
        <source>Another DHCP server answers on this network: %1 (%2). Disconnect it, or start in proxy mode.</source>
        <translation>此网络中另有 DHCP 服务器：%1（%2）。请断开它，或以代理模式启动。</translation>
    </message>
    <message>
        <source>Two machines have the hardware address %1: their UUIDs change places. Unplug one of them.</source>
        <translation>两台机器使用同一硬件地址 %1：它们的 UUID 交替出现。请断开其中一台。</translation>
    </message>
    <message>
        <source>%1 has no link. Machines are answered again once the cable is in.</source>
        <translation>%1 没有链路。插好网线后将恢复应答。</translation>
    </message>
    <message>
        <source>%1 no longer has the address %2. Give it back, or stop and start.</source>
        <translation>%1 已没有地址 %2。请恢复该地址，或停止后重新启动。</translation>
    </message>
    <message>
        <source>Opening %1 is not allowed. Install the network helper with its rights, or run as root.</source>
        <translation>没有权限打开 %1。请连同权限一起安装网络助手，或以 root 运行。</translation>
    </message>
    <message>
        <source>The network helper failed at %1: %2.</source>
        <translation>网络助手在 %1 处失败：%2。</translation>
    </message>
    <message>
        <source>The database %1 cannot be used: %2.</source>
        <translation>数据库 %1 无法使用：%2。</translation>
    </message>
    <message>
        <source>%1 was written by a newer Rackmuster. Update this one first.</source>
        <translation>%1 由更新版本的 Rackmuster 写入，请先升级本程序。</translation>
    </message>
    <message>
        <source>Rackmuster already runs on %1. Use that window, or stop it first.</source>
        <translation>Rackmuster 已在使用 %1。请用那个窗口，或先将其停止。</translation>
    </message>
    <message>
        <source>%2 is already used by %1.</source>
        <translation>%2 已被 %1 使用。</translation>
    </message>
    <message>
        <source>Slot %1 is taken by %2.</source>
        <translation>槽位 %1 已被 %2 占用。</translation>
    </message>
    <message>
        <source>No machine is known as %1.</source>
        <translation>没有名为 %1 的机器。</translation>
    </message>
    <message>
        <source>No image is called %1.</source>
        <translation>没有名为 %1 的镜像。</translation>
    </message>
    <message>
        <source>No profile is called %1.</source>
        <translation>没有名为 %1 的配置模板。</translation>
    </message>
    <message>
        <source>The menu of %1 has no entry “%2”. Choose another one, or to install.</source>
        <translation>%1 的启动菜单中没有“%2”。请选择其他菜单项，或选择安装。</translation>
    </message>
    <message>
        <source>The machine asked for a boot loader for %2, and %1 has none. Choose an image for its architecture.</source>
        <translation>该机器请求适用于 %2 的引导程序，而 %1 中没有。请选择与其架构相符的镜像。</translation>
    </message>
    <message>
        <source>%1 cannot be approved: %2.</source>
        <translation>无法批准 %1：%2。</translation>
    </message>
    <message>
        <source>%1 is not possible: %2.</source>
        <translation>无法执行 %1：%2。</translation>
    </message>
    <message>
        <source>No address is left in %1. Choose a larger range.</source>
        <translation>%1 中已没有空闲地址，请选择更大的范围。</translation>
    </message>
    <message>
        <source>The switch %1 does not answer by SNMP. Check its address, and the community or the user that it knows.</source>
        <translation>交换机 %1 没有响应 SNMP。请检查其地址，以及它所认可的团体名或用户。</translation>
    </message>
    <message>
        <source>The switch %1 does not tell this by SNMP: %2.</source>
        <translation>交换机 %1 未通过 SNMP 提供此信息：%2。</translation>
    </message>
    <message>
        <source>A table of the switch %1 has more than %2 rows. Ask the switch of the rack instead.</source>
        <translation>交换机 %1 有一张表超过 %2 行。请改为查询机架上的交换机。</translation>
    </message>
    <message>
        <source>Line %1 of the port map: %2. The other lines were read.</source>
        <translation>端口对照表第 %1 行：%2。其余各行已读入。</translation>
    </message>
    <message>
        <source>Line %1 of the BMC list: %2. The other lines were read.</source>
        <translation>BMC 列表第 %1 行：%2。其余各行已读入。</translation>
    </message>
    <message>
        <source>The BMC %1 does not answer (%2). Check its address and its cable.</source>
        <translation>BMC %1 没有响应（%2）。请检查其地址和网线。</translation>
    </message>
    <message>
        <source>The BMC %1 does not take this user and password.</source>
        <translation>BMC %1 不接受此用户名和密码。</translation>
    </message>
    <message>
        <source>The BMC %1 shows a certificate that nobody confirmed. If it is the right one, confirm its fingerprint %2.</source>
        <translation>BMC %1 出示的证书尚未经人确认。如果证书无误，请确认其指纹 %2。</translation>
    </message>
    <message>
        <source>The BMC %1 did not do it: %2.</source>
        <translation>BMC %1 未能执行：%2。</translation>
    </message>
    <message>
        <source>%1 failed: %2.</source>
        <translation>%1 失败：%2。</translation>
    </message>
    <message>
        <source>Its answer file was fetched too often, or too long ago, without a report of the end. Approve it again to install it.</source>
        <translation>它的应答文件被取走的次数太多，或时间太久，一直没有报告安装结束。要安装请重新批准。</translation>
    </message>
    <message>
        <source>It came back with the kernel of the menu entry, which may have run. Approve it again only to start it once more.</source>
        <translation>它取走菜单项的内核后又回来了，该菜单项可能已经运行。只有要再启动一次时才重新批准。</translation>
    </message>
    <message>
        <source>It came back before it reported its end. Approve it again only to install it once more.</source>
        <translation>它在报告安装结束之前又回来了。只有要再安装一次时才重新批准。</translation>
    </message>
    <message>
        <source>May be a second NIC of %1.</source>
        <translation>可能是 %1 的第二块网卡。</translation>
    </message>
    <message>
        <source>Its switch port is that of slot %1, where %2 stands.</source>
        <translation>它所接的交换机端口属于槽位 %1，但那里是 %2。</translation>
    </message>
    <message>
        <source>It gave way to the switch port of slot %1, on which %2 hangs; its own port is not known.</source>
        <translation>槽位 %1 的交换机端口上接的是 %2，因此它让出了该槽位；它自己的端口未知。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>It boots over its card %1, but its card %2 has its answer file. If its installation broke off, re-arm it. If these are two machines, choose “It is a machine of its own” at the card.</source>
        <translation>它正从网卡 %1 引导，但应答文件已由网卡 %2 取走。如果安装已中断，请重新准许安装；如果这是两台机器，请在该网卡上选“它是独立的机器”。</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>All %1</source>
        <translation>全部 %1</translation>
    </message>
    <message>
        <source>Waiting %1</source>
        <translation>待批准 %1</translation>
    </message>
    <message>
        <source>Installing %1</source>
        <translation>安装中 %1</translation>
    </message>
    <message>
        <source>Problem %1</source>
        <translation>有问题 %1</translation>
    </message>
    <message>
        <source>Done %1</source>
        <translation>已完成 %1</translation>
    </message>
</context>
<context>
    <name>ImageActs</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Compare with a checksum…</source>
        <translation>与校验和比对…</translation>
    </message>
    <message>
        <source>Copy its SHA-256</source>
        <translation>复制其 SHA-256</translation>
    </message>
    <message>
        <source>Copy into the library</source>
        <translation>复制到镜像库</translation>
    </message>
    <message>
        <source>Show file</source>
        <translation>显示文件</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Extra initrds…</source>
        <translation>附加 initrd…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
</context>
<context>
    <name>ImageWords</name>
    <message>
        <source>pasted sum</source>
        <translation>粘贴的校验和</translation>
    </message>
    <message>
        <source>MD5 sum inside the image</source>
        <translation>镜像内嵌的 MD5</translation>
    </message>
    <message>
        <source>served from the library&apos;s copy</source>
        <translation>从镜像库副本提供</translation>
    </message>
    <message>
        <source>loaders taken out of RPMs</source>
        <translation>引导程序取自 RPM</translation>
    </message>
    <message>
        <source>loaders out of its EFI boot image</source>
        <translation>引导程序取自其 EFI 引导映像</translation>
    </message>
    <message>
        <source>served from the file</source>
        <translation>直接从文件提供</translation>
    </message>
    <message>
        <source>Ready in %1</source>
        <translation>%1就绪</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Checksum verified (%1)</source>
        <translation>校验和已核对（%1）</translation>
    </message>
    <message>
        <source>SHA-256 known, nothing to compare it with</source>
        <translation>已算出 SHA-256，没有可比对的值</translation>
    </message>
    <message numerus="yes">
        <source>%n own menu entry(s)</source>
        <translation>
            <numerusform>自带 %n 个菜单项</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n extra initrd(s)</source>
        <translation>
            <numerusform>%n 个附加 initrd</numerusform>
        </translation>
    </message>
    <message>
        <source>The copy waits at %1 %: the file is gone</source>
        <translation>复制停在 %1 %：文件不见了</translation>
    </message>
    <message>
        <source>The check waits at %1 %: the file is gone</source>
        <translation>校验停在 %1 %：文件不见了</translation>
    </message>
    <message>
        <source>Copying into the library</source>
        <translation>正在复制到镜像库</translation>
    </message>
    <message>
        <source>Verifying SHA-256</source>
        <translation>正在校验 SHA-256</translation>
    </message>
    <message>
        <source>Plug the stick in again: it goes on by itself.</source>
        <translation>重新插上 U 盘即可自动继续。</translation>
    </message>
    <message>
        <source>Put the file back: it goes on by itself.</source>
        <translation>把文件放回原处即可自动继续。</translation>
    </message>
    <message>
        <source>Machines can install from it meanwhile.</source>
        <translation>期间机器可照常用它安装。</translation>
    </message>
    <message>
        <source>Keep the stick in until the copy is done; machines can already install.</source>
        <translation>复制完成前请勿拔出 U 盘；机器现在就可以安装。</translation>
    </message>
    <message>
        <source>Keep the file where it is until the copy is done; machines can already install.</source>
        <translation>复制完成前请勿移动文件；机器现在就可以安装。</translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s) wait for it. Plug the stick in again: it goes on by itself.</source>
        <translation>
            <numerusform>%n 台机器在等它。重新插上 U 盘即可自动继续。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s) wait for it. Put the file back: it goes on by itself.</source>
        <translation>
            <numerusform>%n 台机器在等它。把文件放回原处即可自动继续。</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is gone: the stick was pulled out</source>
        <translation>文件不见了：U 盘已拔出</translation>
    </message>
    <message>
        <source>The file is gone</source>
        <translation>文件不见了</translation>
    </message>
    <message>
        <source>The file is not the one imported</source>
        <translation>文件已不是导入时的那个</translation>
    </message>
    <message>
        <source>The file cannot be served</source>
        <translation>无法提供该文件</translation>
    </message>
    <message>
        <source>Checksum mismatch</source>
        <translation>校验和不符</translation>
    </message>
    <message>
        <source>Its bytes are not those that %1 stands for: it is damaged or another file. Download it again before installing from it.</source>
        <translation>其内容与 %1 不符：文件已损坏或不是同一文件。请重新下载后再用它安装。</translation>
    </message>
    <message>
        <source>It lies on a removable disk: copy it into the library before that leaves.</source>
        <translation>它在可移动磁盘上：拔出之前请先复制到镜像库。</translation>
    </message>
    <message>
        <source>Its boot loader is signed for Secure Boot.</source>
        <translation>其引导程序带有 Secure Boot 签名。</translation>
    </message>
    <message>
        <source>It has no signed boot loader for Secure Boot.</source>
        <translation>没有用于 Secure Boot 的已签名引导程序。</translation>
    </message>
    <message>
        <source>Boots machines with BIOS firmware.</source>
        <translation>可引导 BIOS 固件的机器。</translation>
    </message>
    <message>
        <source>Cannot boot machines with BIOS firmware.</source>
        <translation>不能引导 BIOS 固件的机器。</translation>
    </message>
    <message>
        <source>Boots machines with UEFI firmware.</source>
        <translation>可引导 UEFI 固件的机器。</translation>
    </message>
    <message>
        <source>Cannot boot machines with UEFI firmware.</source>
        <translation>不能引导 UEFI 固件的机器。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Not imported</source>
        <translation>未导入</translation>
    </message>
</context>
<context>
    <name>InputChecks</name>
    <message>
        <source>That is a sum by %1. The one by SHA-256 has 64 digits.</source>
        <translation>这是 %1 校验和。SHA-256 校验和有 64 位。</translation>
    </message>
    <message>
        <source>There is no SHA-256 sum in this text: 64 hex digits without a gap.</source>
        <translation>这段文字里没有 SHA-256 校验和：应为连续 64 位十六进制数字。</translation>
    </message>
    <message>
        <source>“%1” is not a hex digit.</source>
        <translation>“%1”不是十六进制数字。</translation>
    </message>
    <message>
        <source>%1 of 64 digits.</source>
        <translation>已有 %1 位，共需 64 位。</translation>
    </message>
    <message>
        <source>%1 digits are too many: a SHA-256 sum has 64.</source>
        <translation>%1 位太多：SHA-256 校验和为 64 位。</translation>
    </message>
    <message>
        <source>64 hex digits, or the line of a checksum file.</source>
        <translation>64 位十六进制数字，或校验和文件中的一行。</translation>
    </message>
    <message numerus="yes">
        <source>There are %n sums in this text. Paste only the one of this image.</source>
        <translation>
            <numerusform>这段文字里有 %n 个校验和。请只粘贴此镜像的那一个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Give it a name: it becomes a part of its address.</source>
        <translation>请起个名称：它会成为地址的一部分。</translation>
    </message>
    <message>
        <source>Use letters, digits, dots, hyphens and underscores for the name.</source>
        <translation>名称请使用字母、数字、点、连字符和下划线。</translation>
    </message>
    <message>
        <source>The name is too long: 64 characters at most.</source>
        <translation>名称太长：最多 64 个字符。</translation>
    </message>
    <message>
        <source>%1 is already served under this name.</source>
        <translation>已有文件夹以名称 %1 提供。</translation>
    </message>
    <message>
        <source>Choose the folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
    <message>
        <source>Write the whole path, from / on.</source>
        <translation>请填写从 / 开始的完整路径。</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>没有文件夹 %1。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
</context>
<context>
    <name>MachineEdit</name>
    <message>
        <source>%1 has no slot, so a pattern gives it no name.</source>
        <translation>%1 没有槽位，无法按模式命名。</translation>
    </message>
    <message>
        <source>%1 is already the name of the machine %2.</source>
        <translation>%1 已是机器 %2 的名称。</translation>
    </message>
    <message>
        <source>“%1” is not an IPv4 address such as 192.168.0.101.</source>
        <translation>“%1”不是 IPv4 地址（例如 192.168.0.101）。</translation>
    </message>
    <message>
        <source>%1 is already the address of %2.</source>
        <translation>%1 已是 %2 的地址。</translation>
    </message>
    <message>
        <source>“%1” is not a slot number from 1 to 999.</source>
        <translation>“%1”不是 1 到 999 的槽位号。</translation>
    </message>
    <message>
        <source>Slot %1 is taken by %2.</source>
        <translation>槽位 %1 已被 %2 占用。</translation>
    </message>
    <message numerus="yes">
        <source>%n machines cannot share one name: write a pattern such as %1-{slot:02}, or a name with a number to count on from.</source>
        <translation>
            <numerusform>%n 台机器不能共用一个名称：请写成 %1-{slot:02} 这样的样式，或带编号的名称以便依次递增。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not a slot such as %2.</source>
        <translation>“%1”不是像 %2 这样的槽位。</translation>
    </message>
    <message>
        <source>“%1” is not the MAC address of a machine.</source>
        <translation>“%1”不是机器的 MAC 地址。</translation>
    </message>
    <message>
        <source>%1 is in the table already.</source>
        <translation>%1 已在表中。</translation>
    </message>
    <message>
        <source>%1 is in the table already: %2.</source>
        <translation>%1 已在表中：%2。</translation>
    </message>
</context>
<context>
    <name>Plan</name>
    <message>
        <source>it gives no MAC address, and no machine is called %1 or has the address %2</source>
        <translation>未给出 MAC 地址，也没有名为 %1 或地址为 %2 的机器</translation>
    </message>
    <message>
        <source>%1 is not the IPv4 address of a machine</source>
        <translation>%1 不是机器的 IPv4 地址</translation>
    </message>
    <message>
        <source>its column %1 is not UTF-8; save the file as CSV UTF-8</source>
        <translation>%1 列不是 UTF-8 编码，请将文件另存为 CSV UTF-8</translation>
    </message>
    <message>
        <source>its column %1 has a control character</source>
        <translation>%1 列含有控制字符</translation>
    </message>
    <message>
        <source>%1 is not a host name</source>
        <translation>%1 不是主机名</translation>
    </message>
    <message>
        <source>%1 is not a boot file: use pxelinux.0, bootx64.efi or boot.ipxe</source>
        <translation>%1 不是引导文件，请用 pxelinux.0、bootx64.efi 或 boot.ipxe</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>the column %1 stands twice</source>
        <translation>%1 列出现了两次</translation>
    </message>
    <message>
        <source>it must name the columns, and mac among them</source>
        <translation>首行必须是列名，其中要有 mac</translation>
    </message>
    <message>
        <source>it has more fields than the header has columns</source>
        <translation>字段比首行的列多</translation>
    </message>
    <message>
        <source>%1 is not the MAC address of a machine</source>
        <translation>%1 不是机器的 MAC 地址</translation>
    </message>
    <message>
        <source>it names two MAC addresses, %1 and %2: give each machine a line of its own</source>
        <translation>有两个 MAC 地址 %1 和 %2，请每台机器单独一行</translation>
    </message>
    <message>
        <source>it says ignore: refuse that machine in the table instead</source>
        <translation>标为 ignore，请改在表中拒绝该机器</translation>
    </message>
    <message>
        <source>%1 stands for several machines</source>
        <translation>%1 代表多台机器</translation>
    </message>
    <message>
        <source>it has no MAC address</source>
        <translation>没有 MAC 地址</translation>
    </message>
    <message>
        <source>no name follows the address %1</source>
        <translation>地址 %1 后面没有名称</translation>
    </message>
    <message>
        <source>%1 is not a slot: slots count from 1 to %2</source>
        <translation>%1 不是槽位，槽位从 1 到 %2</translation>
    </message>
    <message>
        <source>the MAC address %1 stands in line %2 already</source>
        <translation>MAC 地址 %1 已在第 %2 行出现</translation>
    </message>
    <message>
        <source>the slot %1 stands in line %2 already</source>
        <translation>槽位 %1 已在第 %2 行出现</translation>
    </message>
    <message>
        <source>the host name %1 stands in line %2 already</source>
        <translation>主机名 %1 已在第 %2 行出现</translation>
    </message>
    <message>
        <source>the address %1 stands in line %2 already</source>
        <translation>地址 %1 已在第 %2 行出现</translation>
    </message>
    <message>
        <source>a plan has at most %1 lines, and the rest was not read</source>
        <translation>计划表最多 %1 行，其余未读取</translation>
    </message>
    <message>
        <source>a quotation mark is not closed</source>
        <translation>引号没有闭合</translation>
    </message>
    <message>
        <source>text follows a closing quotation mark</source>
        <translation>右引号后面还有文字</translation>
    </message>
    <message>
        <source>it is longer than %1 bytes</source>
        <translation>超过 %1 字节</translation>
    </message>
</context>
<context>
    <name>PlanActs</name>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
    <message>
        <source>Hosts file (*.hosts)</source>
        <translation>hosts 文件 (*.hosts)</translation>
    </message>
    <message>
        <source>Lines for dnsmasq (*.conf)</source>
        <translation>dnsmasq 配置行 (*.conf)</translation>
    </message>
</context>
<context>
    <name>PlanPreview</name>
    <message>
        <source>line %1 is about the same machine</source>
        <translation>与第 %1 行是同一台机器</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Kernel arguments</source>
        <translation>内核参数</translation>
    </message>
    <message>
        <source>Boot file</source>
        <translation>引导文件</translation>
    </message>
    <message>
        <source>Menu entry</source>
        <translation>菜单项</translation>
    </message>
    <message>
        <source>DHCP options</source>
        <translation>DHCP 选项</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不采用</translation>
    </message>
    <message>
        <source>%1 is too large for a plan.</source>
        <translation>%1 太大，不像计划表。</translation>
    </message>
    <message>
        <source>Other columns</source>
        <translation>其他列</translation>
    </message>
</context>
<context>
    <name>PortMap</name>
    <message>
        <source>it has a control character</source>
        <translation>其中有控制字符</translation>
    </message>
    <message>
        <source>@ stands twice</source>
        <translation>@ 出现了两次</translation>
    </message>
    <message>
        <source>{slot} stands twice</source>
        <translation>{slot} 出现了两次</translation>
    </message>
    <message>
        <source>write a slot number and a port, like 7 Gi1/0/7, or a pattern, like Gi1/0/{slot}</source>
        <translation>请写槽位号和端口，如 7 Gi1/0/7；或写一个模式，如 Gi1/0/{slot}</translation>
    </message>
</context>
<context>
    <name>ProgramOptions</name>
    <message>
        <source>“%1” is not a size such as 1440x900.</source>
        <translation>“%1”不是尺寸（例如 1440x900）。</translation>
    </message>
    <message>
        <source>Installs a rack of servers from one laptop.</source>
        <translation>用一台笔记本电脑装好一整个机架的服务器。</translation>
    </message>
    <message>
        <source>Keep everything in this folder (default: the XDG data folder).</source>
        <translation>所有数据存放的目录（默认：XDG 数据目录）。</translation>
    </message>
    <message>
        <source>Choose this interface.</source>
        <translation>选用此网口。</translation>
    </message>
    <message>
        <source>Start the services at once.</source>
        <translation>立即启动服务。</translation>
    </message>
    <message>
        <source>Import this installation ISO; may be repeated.</source>
        <translation>导入此安装 ISO，可多次给出。</translation>
    </message>
    <message>
        <source>Language of the window: en or zh_CN.</source>
        <translation>界面语言：en 或 zh_CN。</translation>
    </message>
    <message>
        <source>light, dark or system.</source>
        <translation>light、dark 或 system。</translation>
    </message>
    <message>
        <source>Show this page first: rack, machines, images, profiles, network or log.</source>
        <translation>首先显示的页面：rack、machines、images、profiles、network 或 log。</translation>
    </message>
    <message>
        <source>Save a picture of the window to this PNG file and leave.</source>
        <translation>把窗口截图保存到此 PNG 文件后退出。</translation>
    </message>
    <message>
        <source>Size of the window, such as 1440x900.</source>
        <translation>窗口尺寸，例如 1440x900。</translation>
    </message>
    <message>
        <source>Run although this is root; the network helper is made so that this is not needed.</source>
        <translation>允许以 root 运行；有网络助手时无需这样做。</translation>
    </message>
    <message>
        <source>“%1” is not a language of this program: en or zh_CN.</source>
        <translation>本程序没有语言“%1”，可选 en 或 zh_CN。</translation>
    </message>
    <message>
        <source>“%1” is not a theme: light, dark or system.</source>
        <translation>“%1”不是主题，可选 light、dark 或 system。</translation>
    </message>
    <message>
        <source>There is no page “%1”.</source>
        <translation>没有页面“%1”。</translation>
    </message>
    <message>
        <source>“%1” is not an option; see --help.</source>
        <translation>“%1”不是选项，请看 --help。</translation>
    </message>
    <message>
        <source>Write one JSON object per event; - is standard output.</source>
        <translation>每个事件写一个 JSON 对象；- 为标准输出。</translation>
    </message>
</context>
<context>
    <name>Quantities</name>
    <message>
        <source>%1 MB/s</source>
        <translation>%1 MB/s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Rack</source>
        <translation>机架</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>配置模板</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>SlotPainter</name>
    <message>
        <source>%1 · power on now</source>
        <translation>%1 · 请现在开机</translation>
    </message>
    <message>
        <source>kept free</source>
        <translation>保持空闲</translation>
    </message>
    <message>
        <source>order?</source>
        <translation>顺序？</translation>
    </message>
    <message>
        <source>%1 · order uncertain</source>
        <translation>%1 · 顺序存疑</translation>
    </message>
    <message>
        <source>Slot %1</source>
        <translation>槽位 %1</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>Wire</name>
    <message>
        <source>Heard %1 times since %2.</source>
        <translation>自 %2 起听到 %1 次。</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>BMC</source>
        <translation>BMC</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Access point</source>
        <translation>无线接入点</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Power strip or UPS</source>
        <translation>PDU 或 UPS</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>switch %1, port %2, VLAN %3</source>
        <translation>交换机 %1 端口 %2（VLAN %3）</translation>
    </message>
    <message>
        <source>switch %1, port %2</source>
        <translation>交换机 %1 端口 %2</translation>
    </message>
    <message>
        <source>Listening for the switch. It tells its name and port every 30 s when LLDP or CDP is on.</source>
        <translation>正在监听交换机。开启 LLDP 或 CDP 时，它每 30 秒通告一次名称和端口。</translation>
    </message>
    <message>
        <source>This laptop is on %1.</source>
        <translation>本机接在%1。</translation>
    </message>
    <message>
        <source>More than one switch is heard: %1. A small switch in between passes on what it should keep.</source>
        <translation>听到不止一台交换机：%1。中间有小交换机，转发了不该转发的通告。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Frames with VLAN tags arrive (VLAN %1): this is a trunk port. Machines there get no answer. Make it an access port.</source>
        <translation>收到带 VLAN 标签的帧（VLAN %1）：这是 trunk 端口，这些 VLAN 里的机器得不到应答。请改为 access 端口。</translation>
    </message>
    <message>
        <source>DHCP server</source>
        <translation>DHCP 服务器</translation>
    </message>
    <message>
        <source>The switch port runs spanning tree: machines may need %1 s after link-up. Enable edge port (PortFast) on their ports.</source>
        <translation>交换机端口运行生成树：机器的链路接通后可能要等 %1 秒。请在机器的端口上启用边缘端口（PortFast）。</translation>
    </message>
    <message>
        <source>The capture lost %1 frames: a machine may be missing. Let it boot once more.</source>
        <translation>抓包丢失了 %1 帧，可能漏掉了机器。请让它再引导一次。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Seen</source>
        <translation>已发现</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一台</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待批准</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Booting</source>
        <translation>引导中</translation>
    </message>
    <message>
        <source>Installing</source>
        <translation>安装中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>再次引导</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>停滞</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>收到请求</translation>
    </message>
    <message>
        <source>Address offered</source>
        <translation>已提供地址</translation>
    </message>
    <message>
        <source>Address given</source>
        <translation>已分配地址</translation>
    </message>
    <message>
        <source>Boot loader</source>
        <translation>引导程序</translation>
    </message>
    <message>
        <source>Parked</source>
        <translation>等待区</translation>
    </message>
    <message>
        <source>Boot menu</source>
        <translation>引导配置</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Initrd</source>
        <translation>initrd</translation>
    </message>
    <message>
        <source>Answer file</source>
        <translation>应答文件</translation>
    </message>
    <message>
        <source>Installer image</source>
        <translation>安装程序镜像</translation>
    </message>
    <message>
        <source>Package lists</source>
        <translation>软件包列表</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Last scripts</source>
        <translation>收尾脚本</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>已装好</translation>
    </message>
    <message>
        <source>Sent to its disk</source>
        <translation>转本地磁盘</translation>
    </message>
    <message>
        <source>Services started</source>
        <translation>服务已启动</translation>
    </message>
    <message>
        <source>Image imported</source>
        <translation>镜像已导入</translation>
    </message>
    <message>
        <source>Image verified</source>
        <translation>镜像已校验</translation>
    </message>
    <message>
        <source>Image copied</source>
        <translation>镜像已复制</translation>
    </message>
    <message>
        <source>Image removed</source>
        <translation>镜像已移除</translation>
    </message>
    <message>
        <source>Image has a problem</source>
        <translation>镜像有问题</translation>
    </message>
    <message>
        <source>Image is back</source>
        <translation>镜像已恢复</translation>
    </message>
    <message>
        <source>Installer log</source>
        <translation>安装日志</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Packet rejected</source>
        <translation>丢弃报文</translation>
    </message>
    <message>
        <source>Answers paused</source>
        <translation>应答已暂停</translation>
    </message>
    <message>
        <source>Answers go on</source>
        <translation>应答已恢复</translation>
    </message>
    <message>
        <source>Other DHCP server</source>
        <translation>其他 DHCP 服务器</translation>
    </message>
    <message>
        <source>Services stopped</source>
        <translation>服务已停止</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>kickstart</source>
        <translation>kickstart</translation>
    </message>
    <message>
        <source>preseed</source>
        <translation>preseed</translation>
    </message>
    <message>
        <source>autoinstall</source>
        <translation>autoinstall</translation>
    </message>
    <message>
        <source>AutoYaST</source>
        <translation>AutoYaST</translation>
    </message>
    <message>
        <source>unknown kind</source>
        <translation>类型未知</translation>
    </message>
    <message>
        <source>Packages %1/%2</source>
        <translation>软件包 %1/%2</translation>
    </message>
    <message>
        <source>Also on this wire</source>
        <translation>同一网线上还有</translation>
    </message>
    <message>
        <source>Switch port</source>
        <translation>交换机端口</translation>
    </message>
    <message>
        <source>Spanning tree</source>
        <translation>生成树</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Rackmuster&apos;s window does not run as root: start it as yourself, the network helper has the rights that are needed.</source>
        <translation>Rackmuster 窗口不能以 root 运行：请用普通用户启动，所需权限由网络助手提供。</translation>
    </message>
</context>
<context>
    <name>rackmuster::app::DesktopSession</name>
    <message>
        <source>%1 cannot be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::BootDialog</name>
    <message>
        <source>How machines of %1 boot</source>
        <translation>使用 %1 的机器如何启动</translation>
    </message>
    <message>
        <source>Change this only for firmware that fails otherwise. What a machine says itself counts more.</source>
        <translation>仅当固件无法正常启动时才需更改。单台机器自己的设置优先。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Boot file</source>
        <translation>启动文件</translation>
    </message>
    <message>
        <source>chosen by firmware</source>
        <translation>按固件自动选择</translation>
    </message>
    <message>
        <source>pxelinux.0, for BIOS</source>
        <translation>pxelinux.0（BIOS）</translation>
    </message>
    <message>
        <source>bootx64.efi, for UEFI</source>
        <translation>bootx64.efi（UEFI）</translation>
    </message>
    <message>
        <source>boot.ipxe, for iPXE</source>
        <translation>boot.ipxe（iPXE）</translation>
    </message>
    <message>
        <source>DHCP options</source>
        <translation>DHCP 选项</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::CellActs</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Fill down, numbers count on</source>
        <translation>向下填充（编号递增）</translation>
    </message>
    <message>
        <source>Clear typed values</source>
        <translation>清除手工填写的值</translation>
    </message>
    <message>
        <source>Select whole rows</source>
        <translation>选中整行</translation>
    </message>
    <message>
        <source>Copy MAC</source>
        <translation>复制 MAC</translation>
    </message>
    <message numerus="yes">
        <source>The clipboard has %n row(s) more than the table.</source>
        <translation>
            <numerusform>剪贴板比表格多 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>They can become planned machines: the rack grows, and each machine takes its slot when it is powered on.</source>
        <translation>可将它们作为计划中的机器加入：机架随之扩大，机器开机后各就其位。</translation>
    </message>
    <message>
        <source>To plan machines with them, copy the MAC column too.</source>
        <translation>若要据此添加机器，请连同 MAC 列一起复制。</translation>
    </message>
    <message numerus="yes">
        <source>Add %n planned machine(s)</source>
        <translation>
            <numerusform>添加 %n 台计划中的机器</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>略过多出的行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) cannot be changed and stay as they are.</source>
        <translation>
            <numerusform>%n 个单元格不可更改，保持原样。</numerusform>
        </translation>
    </message>
    <message>
        <source>Fill down</source>
        <translation>向下填充</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>They name slots and no machines: the rack can have that many.</source>
        <translation>这些行只有槽位，没有机器：可将机架扩大到这么多槽位。</translation>
    </message>
    <message numerus="yes">
        <source>Grow the rack to %n slot(s)</source>
        <translation>
            <numerusform>将机架扩大到 %n 个槽位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ChecksumDialog</name>
    <message>
        <source>Compare %1 with a checksum</source>
        <translation>将 %1 与校验和比对</translation>
    </message>
    <message>
        <source>Paste the SHA-256 sum that its publisher gives, from a source that you trust. The whole image is read once; machines can install meanwhile.</source>
        <translation>请粘贴发布者公布的 SHA-256 校验和，来源须可信。整个镜像会读取一遍；期间机器可照常安装。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比对</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::DirectionButton</name>
    <message>
        <source>Bottom up</source>
        <translation>自下而上</translation>
    </message>
    <message>
        <source>Top down</source>
        <translation>自上而下</translation>
    </message>
    <message>
        <source>Odd, then even</source>
        <translation>先奇后偶</translation>
    </message>
    <message>
        <source>By column</source>
        <translation>逐列</translation>
    </message>
    <message>
        <source>The order in which slots are filled</source>
        <translation>槽位的填充顺序</translation>
    </message>
    <message>
        <source>%1 (D)</source>
        <translation>%1（D）</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::DropVeil</name>
    <message numerus="yes">
        <source>Drop %n file(s) or folder(s): images, kickstart and preseed files</source>
        <translation>
            <numerusform>松开以放入 %n 个文件或文件夹：镜像、kickstart 和 preseed 文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ExtraFiles</name>
    <message>
        <source>Extra files</source>
        <translation>附加文件</translation>
    </message>
    <message>
        <source>Serve a folder…</source>
        <translation>提供文件夹…</translation>
    </message>
    <message>
        <source>Add kernel and initrd…</source>
        <translation>添加内核和 initrd…</translation>
    </message>
    <message>
        <source>A folder of drivers, packages or scripts that machines fetch while they install, or a kernel of your own that no ISO holds.</source>
        <translation>机器安装时要取用的驱动、软件包或脚本文件夹，或 ISO 里没有的自备内核。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::FileIntake</name>
    <message numerus="yes">
        <source>%n image(s) found in %1.</source>
        <translation>
            <numerusform>在 %1 中找到 %n 个镜像。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) found in %1, which is too large to be searched as a whole. Drop the others themselves.</source>
        <translation>
            <numerusform>在 %1 中找到 %n 个镜像；该文件夹太大，未能全部查找。其余请单独拖入。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::FilterBar</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter any column</source>
        <translation>按任意列筛选</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::FolderDialog</name>
    <message>
        <source>Serve a folder</source>
        <translation>提供文件夹</translation>
    </message>
    <message>
        <source>Machines can read everything in it over HTTP, nobody can write. Leave no passwords in it.</source>
        <translation>机器可通过 HTTP 读取其中全部内容，任何人都不能写入。请勿在其中留存密码。</translation>
    </message>
    <message>
        <source>Serve</source>
        <translation>提供</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::FolderRow</name>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Stop serving</source>
        <translation>停止提供</translation>
    </message>
    <message>
        <source>has an address once the services run</source>
        <translation>服务启动后才有地址</translation>
    </message>
    <message>
        <source>Copy the address of %1</source>
        <translation>复制 %1 的地址</translation>
    </message>
    <message>
        <source>Stop serving %1</source>
        <translation>停止提供 %1</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::FormDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ImageCard</name>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
    <message numerus="yes">
        <source>%n more note(s)</source>
        <translation>
            <numerusform>另有 %n 条说明</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ImagesPage</name>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>served in place, nothing is unpacked</source>
        <translation>原地提供，无需解包</translation>
    </message>
    <message>
        <source>Drop ISO files or folders here
or choose files…</source>
        <translation>把 ISO 文件或文件夹拖到这里
或选择文件…</translation>
    </message>
    <message>
        <source>Choose installation ISOs</source>
        <translation>选择安装 ISO</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>移除 %1？</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>ISO images (*.iso *.ISO *.img)</source>
        <translation>ISO 镜像 (*.iso *.ISO *.img)</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 台</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s) cannot be installed from it any more: %1.</source>
        <translation>
            <numerusform>%n 台机器将无法再用它安装：%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>What runs on it now is cancelled.</source>
        <translation>正在进行的任务会被取消。</translation>
    </message>
    <message>
        <source>Its copy in the library, %1, is deleted.</source>
        <translation>镜像库中的副本 %1 会被删除。</translation>
    </message>
    <message>
        <source>The file itself stays where it is.</source>
        <translation>文件本身保留在原处。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ImportDialog</name>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>What happens to each line</source>
        <translation>各行的处理结果</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>There is no machine in this file.</source>
        <translation>文件中没有机器。</translation>
    </message>
    <message>
        <source>Nothing has happened yet. This is what the lines will do.</source>
        <translation>尚未做任何更改。各行将产生以下结果。</translation>
    </message>
    <message numerus="yes">
        <source>Nothing has happened yet. %n line(s) cannot be used; importing leaves them out.</source>
        <translation>
            <numerusform>尚未做任何更改。有 %n 行无法采用，导入时略过。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n machine(s)</source>
        <translation>
            <numerusform>导入 %n 台机器</numerusform>
        </translation>
    </message>
    <message>
        <source>Only kept for the export: the columns %1.</source>
        <translation>仅为导出而保留的列：%1。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::InitrdsDialog</name>
    <message>
        <source>Extra initrds of %1</source>
        <translation>%1 的附加 initrd</translation>
    </message>
    <message>
        <source>These files are appended to its initrd for every machine that boots it: a driver disk, a certificate. The image itself stays as it is.</source>
        <translation>每台引导它的机器都会在其 initrd 之后附加这些文件，如驱动盘、证书。镜像本身不变。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Choose initrds</source>
        <translation>选择 initrd</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::InterfaceModel</name>
    <message>
        <source>No IPv4 address</source>
        <translation>没有 IPv4 地址</translation>
    </message>
    <message>
        <source>Wi-Fi</source>
        <translation>Wi-Fi</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>No link</source>
        <translation>未连接</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::KernelDialog</name>
    <message>
        <source>Add kernel and initrd</source>
        <translation>添加内核和 initrd</translation>
    </message>
    <message>
        <source>For what no ISO holds: a rescue system, a memory test, an installer of your own. It becomes a card beside the images.</source>
        <translation>用于 ISO 里没有的东西：救援系统、内存测试、自制安装程序。它会成为镜像旁的一张卡片。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Initrds, in the order in which they are loaded</source>
        <translation>initrd（按加载顺序）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kernel arguments</source>
        <translation>内核参数</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请起个名称。</translation>
    </message>
    <message>
        <source>Choose the kernel.</source>
        <translation>请选择内核。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::LogPage</name>
    <message>
        <source>Filter the log</source>
        <translation>筛选日志</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the selected lines, or all of them</source>
        <translation>复制选中的行；未选中时复制全部</translation>
    </message>
    <message>
        <source>Nothing happened yet</source>
        <translation>还没有任何事件</translation>
    </message>
    <message>
        <source>Every request and every answer is written down here once the services run.</source>
        <translation>服务启动后，每个请求和应答都会记录在这里。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MachineDialog</name>
    <message>
        <source>Plan a machine</source>
        <translation>计划一台机器</translation>
    </message>
    <message>
        <source>It takes its slot when it is powered on. The MAC address stands on its sticker.</source>
        <translation>机器开机后即占用该槽位。MAC 地址见机身标签。</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>加入计划</translation>
    </message>
    <message>
        <source>MAC address</source>
        <translation>MAC 地址</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>槽位</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>as the slot says</source>
        <translation>随槽位而定</translation>
    </message>
    <message>
        <source>12 hex digits: 52:54:00:ab:cd:ef, 52-54-00-AB-CD-EF, 5254.00ab.cdef or 525400abcdef.</source>
        <translation>12 位十六进制数字，如 52:54:00:ab:cd:ef、52-54-00-AB-CD-EF、5254.00ab.cdef 或 525400abcdef。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MachineDrawer</name>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n request(s)</source>
        <translation>
            <numerusform>%1 · %n 次请求</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>spent, of %1</source>
        <translation>已用完（%1）</translation>
    </message>
    <message>
        <source>in use, of %1</source>
        <translation>使用中（%1）</translation>
    </message>
    <message>
        <source>ready, of %1</source>
        <translation>待用（%1）</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>UUID</source>
        <translation>UUID</translation>
    </message>
    <message>
        <source>First heard</source>
        <translation>首次请求</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>安装许可</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>已传输</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Re-arm…</source>
        <translation>重新准许安装…</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>| marks the peers&apos; median</source>
        <translation>| 标出同类机器的中位数</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>slot %1</source>
        <translation>槽位 %1</translation>
    </message>
    <message>
        <source>no slot</source>
        <translation>无槽位</translation>
    </message>
    <message>
        <source>It asked for an address. Its boot loader comes next.</source>
        <translation>它已请求地址，接下来获取引导程序。</translation>
    </message>
    <message>
        <source>Planned. It fills this slot when it is powered on.</source>
        <translation>已列入计划，开机后占用此槽位。</translation>
    </message>
    <message>
        <source>Power this one on now.</source>
        <translation>现在请给这台机器开机。</translation>
    </message>
    <message>
        <source>It waits in its boot loader and goes on by itself once approved.</source>
        <translation>它停在引导程序中等待，批准后自动继续。</translation>
    </message>
    <message>
        <source>It asks again within seconds and starts its installer. No power cycle.</source>
        <translation>它会在几秒内再次请求并启动安装程序，无需重新开机。</translation>
    </message>
    <message>
        <source>Gets %1 with the profile %2.</source>
        <translation>将安装 %1，配置模板 %2。</translation>
    </message>
    <message>
        <source>no image</source>
        <translation>无镜像</translation>
    </message>
    <message>
        <source>Installed. It is never wiped again unless you re-arm it.</source>
        <translation>已装好。除非重新准许安装，否则不会再被清除。</translation>
    </message>
    <message>
        <source>It was installed before and was sent to its own disk.</source>
        <translation>它此前已装好，已转到本地磁盘引导。</translation>
    </message>
    <message>
        <source>It gets no answer.</source>
        <translation>不对它作任何应答。</translation>
    </message>
    <message>
        <source>Start with</source>
        <translation>启动方式</translation>
    </message>
    <message>
        <source>Gets “%2” of the menu of %1.</source>
        <translation>使用 %1 菜单中的“%2”。</translation>
    </message>
    <message>
        <source>A network card of another machine: what that one gets counts.</source>
        <translation>这是另一台机器的网卡：以那台机器的设置为准。</translation>
    </message>
    <message>
        <source>Broken, and refused. Power the new machine on and choose “It replaces …” from its menu (right click).</source>
        <translation>已损坏并拒绝。请给新机器开机，然后在它的右键菜单中选择“用它替换……”。</translation>
    </message>
    <message>
        <source>It came nearly together with another one. Swap them, or say that their order is right (right click).</source>
        <translation>它与另一台几乎同时到达。请互换，或确认顺序正确（右键）。</translation>
    </message>
    <message>
        <source>%1 after its button</source>
        <translation>按键后 %1</translation>
    </message>
    <message>
        <source>Switch port</source>
        <translation>交换机端口</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MachineModel</name>
    <message>
        <source>Power on now</source>
        <translation>请现在开机</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>已计划</translation>
    </message>
    <message>
        <source>Replacement awaited</source>
        <translation>等待更换</translation>
    </message>
    <message>
        <source>Typed by hand. Empty the cell to follow the slot again.</source>
        <translation>手工填写。清空单元格即恢复为按槽位计算。</translation>
    </message>
    <message>
        <source>Card of %1</source>
        <translation>%1 的网卡</translation>
    </message>
    <message>
        <source>Its order is uncertain: it came nearly together with another one.</source>
        <translation>顺序存疑：它与另一台几乎同时到达。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MachineTable</name>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Fit columns to the window</source>
        <translation>按窗口宽度调整列</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MachinesPage</name>
    <message>
        <source>%1 U</source>
        <translation>%1 U</translation>
    </message>
    <message>
        <source>No machine matches</source>
        <translation>没有符合条件的机器</translation>
    </message>
    <message>
        <source>The filter hides all machines.</source>
        <translation>所有机器都被筛选条件隐藏。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Drop an installation ISO here</source>
        <translation>把安装 ISO 拖到这里</translation>
    </message>
    <message>
        <source>It is served from where it lies: nothing is copied and nothing is unpacked.</source>
        <translation>直接从原处提供：不复制，也不解包。</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Start, then power on the first machine</source>
        <translation>先启动，再给第一台机器开机</translation>
    </message>
    <message>
        <source>Machines appear here in the order in which they are powered on.</source>
        <translation>机器按开机顺序出现在这里。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Power on the first machine</source>
        <translation>请给第一台机器开机</translation>
    </message>
    <message>
        <source>Listening on %1. A machine appears here as soon as it asks for an address.</source>
        <translation>正在 %1 上监听。机器一请求地址就会出现在这里。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除记录</translation>
    </message>
    <message numerus="yes">
        <source>Forget %n machine(s)?</source>
        <translation>
            <numerusform>移除 %n 台机器的记录？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>
and %n more</source>
        <translation>
            <numerusform>
以及另外 %n 台</numerusform>
        </translation>
    </message>
    <message>
        <source>Slot, typed name and address, lease and history are lost:
%1</source>
        <translation>槽位、手工填写的名称和地址、租约及历史都会丢失：
%1</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Withdraw approval</source>
        <translation>撤回批准</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Re-arm…</source>
        <translation>重新准许安装…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message numerus="yes">
        <source>Approve %n machine(s)</source>
        <translation>
            <numerusform>批准 %n 台机器</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>移除记录…</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MainWindow</name>
    <message>
        <source>The cable is back: machines are answered again.</source>
        <translation>网线已恢复，继续应答机器。</translation>
    </message>
    <message>
        <source>Close Rackmuster</source>
        <translation>关闭 Rackmuster</translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s) are approved or installing. They get nothing more once this window is closed.</source>
        <translation>
            <numerusform>有 %n 台机器已批准或正在安装。关闭窗口后，它们将得不到任何服务。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Compact rows</source>
        <translation>紧凑行距</translation>
    </message>
    <message>
        <source>About Rackmuster</source>
        <translation>关于 Rackmuster</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>There is no ISO image in %1. Machines can fetch its files when it is served.</source>
        <translation>%1 中没有 ISO 镜像。提供该文件夹后，机器可取用其中的文件。</translation>
    </message>
    <message>
        <source>Serve this folder…</source>
        <translation>提供此文件夹…</translation>
    </message>
    <message>
        <source>Nothing to take from that: drop ISO images, answer files (.ks, .cfg, .seed, .yaml, .xml), or plans (.csv, .tsv, .hosts, .conf).</source>
        <translation>其中没有可用的文件：请拖入 ISO 镜像、应答文件（.ks、.cfg、.seed、.yaml、.xml）或计划表（.csv、.tsv、.hosts、.conf）。</translation>
    </message>
    <message>
        <source>Installs a rack of servers from one laptop.

A: approve · F2: edit · Ctrl+C, Ctrl+V: cells as in a spreadsheet · Ctrl+D: fill down
Del: clear typed values, remove · Shift+Del: forget · Ctrl+Z: undo
Ctrl+N: plan a machine · Ctrl+I: import a plan · Ctrl+E: export · Ctrl+O: choose images
F11: roll call · Ctrl+F: filter · Ctrl+1 to Ctrl+6: pages</source>
        <translation>用一台笔记本电脑安装整个机架的服务器。

A：批准 · F2：编辑 · Ctrl+C、Ctrl+V：像电子表格一样复制粘贴 · Ctrl+D：向下填充
Del：清除手工填写的值、移除 · Shift+Del：移除记录 · Ctrl+Z：撤销
Ctrl+N：计划一台机器 · Ctrl+I：导入计划表 · Ctrl+E：导出 · Ctrl+O：选择镜像
F11：点名 · Ctrl+F：筛选 · Ctrl+1 至 Ctrl+6：切换页面</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::NameField</name>
    <message>
        <source>Name of the image</source>
        <translation>镜像名称</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::NavButton</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 台待批准</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::NeighbourTable</name>
    <message>
        <source>Also on this wire</source>
        <translation>同一网线上还有</translation>
    </message>
    <message>
        <source>Nobody else was heard so far. Switches, management controllers, phones and other DHCP servers appear here.</source>
        <translation>尚未听到其他设备。交换机、管理控制器、电话和其他 DHCP 服务器会列在这里。</translation>
    </message>
    <message>
        <source>Start to hear who else is on this wire.</source>
        <translation>启动后即可听到这条网线上还有谁。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::NetworkPage</name>
    <message>
        <source>This computer has no network port.</source>
        <translation>本机没有网口。</translation>
    </message>
    <message>
        <source>Which cable goes to the rack?</source>
        <translation>哪根网线接到机架？</translation>
    </message>
    <message>
        <source>What is offered on it</source>
        <translation>在该网口上提供的服务</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>网口</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Choose the interface that goes to the rack, then start.</source>
        <translation>请先选择接到机架的网口，再启动。</translation>
    </message>
    <message>
        <source>Also on this wire</source>
        <translation>同一网线上还有</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::PathField</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::PathList</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::PlaceActs</name>
    <message>
        <source>Reverse the order of slots %1 to %2</source>
        <translation>颠倒槽位 %1 至 %2 的顺序</translation>
    </message>
    <message>
        <source>Insert a free slot before it</source>
        <translation>在它之前插入空槽位</translation>
    </message>
    <message>
        <source>Take out of the slot</source>
        <translation>移出槽位</translation>
    </message>
    <message>
        <source>Swap %1 and %2</source>
        <translation>互换 %1 和 %2</translation>
    </message>
    <message>
        <source>The order of %1 and %2 is right</source>
        <translation>%1 和 %2 的顺序正确</translation>
    </message>
    <message>
        <source>It is a machine of its own</source>
        <translation>它是独立的机器</translation>
    </message>
    <message>
        <source>It is a network card of %1</source>
        <translation>它是 %1 的网卡</translation>
    </message>
    <message>
        <source>Wait for its replacement</source>
        <translation>等待更换的机器</translation>
    </message>
    <message>
        <source>Keep it after all</source>
        <translation>仍保留这台机器</translation>
    </message>
    <message>
        <source>It replaces %1 in slot %2</source>
        <translation>用它替换槽位 %2 的 %1</translation>
    </message>
    <message>
        <source>Use slot %1 again</source>
        <translation>重新使用槽位 %1</translation>
    </message>
    <message>
        <source>The next machine stands in slot %1</source>
        <translation>下一台机器在槽位 %1</translation>
    </message>
    <message>
        <source>Keep slot %1 free</source>
        <translation>保持槽位 %1 空闲</translation>
    </message>
    <message>
        <source>move to slot %1</source>
        <translation>移到槽位 %1</translation>
    </message>
    <message>
        <source>move out of the rack</source>
        <translation>移出机架</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::PlanActs</name>
    <message>
        <source>Import a plan…</source>
        <translation>导入计划表…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划表</translation>
    </message>
    <message>
        <source>Import, export and columns</source>
        <translation>导入、导出与列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Choose a plan</source>
        <translation>选择计划表</translation>
    </message>
    <message>
        <source>Plans (*.csv *.tsv *.txt *.hosts *.conf hosts)</source>
        <translation>计划表 (*.csv *.tsv *.txt *.hosts *.conf hosts)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export the machines</source>
        <translation>导出机器</translation>
    </message>
    <message>
        <source>%1 is written.</source>
        <translation>已写入 %1。</translation>
    </message>
    <message>
        <source>Plan a machine…</source>
        <translation>计划一台机器…</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::PortsDialog</name>
    <message>
        <source>Switch ports</source>
        <translation>交换机端口</translation>
    </message>
    <message>
        <source>A machine whose switch port is known stands in the slot of that port, whatever the order in which machines come. Relays and switches tell the port with the request (option 82); other switches are asked by SNMP. What you placed yourself never moves.</source>
        <translation>已知交换机端口的机器会放到该端口对应的槽位，与开机先后无关。中继和交换机随请求报告端口（option 82），其他交换机通过 SNMP 查询。你亲手放好的机器不会移动。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Port map: a slot and its port in each line, or a pattern</source>
        <translation>端口对照表：每行一个槽位及其端口，或一个模式</translation>
    </message>
    <message>
        <source>Switches that are asked</source>
        <translation>要查询的交换机</translation>
    </message>
    <message>
        <source>Port map</source>
        <translation>端口对照表</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Community</source>
        <translation>团体名</translation>
    </message>
    <message>
        <source>SNMPv3 user</source>
        <translation>SNMPv3 用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Privacy password</source>
        <translation>加密密码</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Give the switch its address.</source>
        <translation>请填写交换机的地址。</translation>
    </message>
    <message>
        <source>The passwords of SNMPv3 have at least 8 characters, and privacy needs both.</source>
        <translation>SNMPv3 的密码至少 8 个字符，加密需要两个密码。</translation>
    </message>
    <message>
        <source>“%1” is no address of a switch.</source>
        <translation>“%1”不是交换机的地址。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::PreviewModel</name>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ProfileModel</name>
    <message>
        <source>built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ProfilesPage</name>
    <message>
        <source>Profiles</source>
        <translation>配置模板</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Text of the profile</source>
        <translation>配置模板内容</translation>
    </message>
    <message>
        <source>Import a kickstart, preseed, autoinstall or AutoYaST file, or drop one on the window.</source>
        <translation>导入 kickstart、preseed、autoinstall 或 AutoYaST 应答文件，也可以把文件拖到窗口上。</translation>
    </message>
    <message>
        <source>Read only for now. The editor that comes here marks mistakes for the release as you type and previews what each machine gets.</source>
        <translation>目前只读。今后这里是编辑器：边输入边按发行版标出错误，并预览每台机器将得到的内容。</translation>
    </message>
    <message>
        <source>No profile yet</source>
        <translation>还没有配置模板</translation>
    </message>
    <message>
        <source>Choose an answer file</source>
        <translation>选择应答文件</translation>
    </message>
    <message>
        <source>Answer files (*.ks *.cfg *.seed *.yaml *.yml *.xml user-data)</source>
        <translation>应答文件 (*.ks *.cfg *.seed *.yaml *.yml *.xml user-data)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the profile %1?</source>
        <translation>移除配置模板 %1？</translation>
    </message>
    <message>
        <source>Its text is lost. Machines that use it cannot be approved until another one is chosen.</source>
        <translation>其内容会丢失。使用它的机器在另选模板之前无法批准。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Boot…</source>
        <translation>启动…</translation>
    </message>
    <message>
        <source>Choose the boot file and add DHCP options for the machines of this profile</source>
        <translation>为使用此模板的机器选择启动文件并添加 DHCP 选项</translation>
    </message>
    <message>
        <source>own DHCP options</source>
        <translation>自定义 DHCP 选项</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ProgressDelegate</name>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::RackForm</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>from the address range</source>
        <translation>取自地址范围</translation>
    </message>
    <message>
        <source>Name pattern</source>
        <translation>命名模式</translation>
    </message>
    <message>
        <source>Address of slot 1</source>
        <translation>槽位 1 的地址</translation>
    </message>
    <message>
        <source>Names and addresses follow the slot</source>
        <translation>名称和地址由槽位决定</translation>
    </message>
    <message>
        <source>Give the rack a name.</source>
        <translation>请给机架起个名称。</translation>
    </message>
    <message>
        <source>“%1” is not an IPv4 address such as 192.168.0.101.</source>
        <translation>“%1”不是 IPv4 地址（例如 192.168.0.101）。</translation>
    </message>
    <message>
        <source>Bottom up</source>
        <translation>自下而上</translation>
    </message>
    <message>
        <source>Top down</source>
        <translation>自上而下</translation>
    </message>
    <message>
        <source>Odd slots, then even ones</source>
        <translation>先奇数槽位，后偶数</translation>
    </message>
    <message>
        <source>Column by column</source>
        <translation>逐列</translation>
    </message>
    <message>
        <source>Powered on</source>
        <translation>开机顺序</translation>
    </message>
    <message>
        <source>Machines side by side</source>
        <translation>每排机器数</translation>
    </message>
    <message>
        <source>they count on</source>
        <translation>接着往下编</translation>
    </message>
    <message>
        <source>First rack</source>
        <translation>第一个机架</translation>
    </message>
    <message>
        <source>Racks</source>
        <translation>机架数</translation>
    </message>
    <message>
        <source>Slots of each</source>
        <translation>每架槽位数</translation>
    </message>
    <message>
        <source>Step to the next slot</source>
        <translation>相邻槽位的步长</translation>
    </message>
    <message>
        <source>Step to the next rack</source>
        <translation>相邻机架的步长</translation>
    </message>
    <message>
        <source>{slot} is the slot, {slot:02} with two digits, {rack} the rack&apos;s name, {rack:02} its number. What is typed by hand in the table stays.</source>
        <translation>{slot} 是槽位号，{slot:02} 为两位数，{rack} 是机架名，{rack:02} 是机架号。表格里手工填写的内容保持不变。</translation>
    </message>
    <message>
        <source>All racks together have at most %1 slots.</source>
        <translation>所有机架合计最多 %1 个槽位。</translation>
    </message>
    <message>
        <source>A rack needs %1 addresses: the next one begins that far on, or farther.</source>
        <translation>一个机架需要 %1 个地址：下一个机架至少要从这么远处开始。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::RackPage</name>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show the whole rack</source>
        <translation>显示整个机架</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Without a slot</source>
        <translation>未分配槽位</translation>
    </message>
    <message>
        <source>Put into slot %1</source>
        <translation>放入槽位 %1</translation>
    </message>
    <message>
        <source>Drag machines between slots. Alt+↑ and Alt+↓ move, Enter opens.</source>
        <translation>拖动机器更换槽位；Alt+↑、Alt+↓ 移动，Enter 打开。</translation>
    </message>
    <message>
        <source>Switch ports…</source>
        <translation>交换机端口…</translation>
    </message>
    <message>
        <source>Order machines by the switch ports that they hang on</source>
        <translation>按机器所接的交换机端口排列</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::RackPicture</name>
    <message>
        <source>Rack</source>
        <translation>机架</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::RackTray</name>
    <message>
        <source>Machines without a slot</source>
        <translation>未分配槽位的机器</translation>
    </message>
    <message>
        <source>Drag a machine here to take it out of its slot.</source>
        <translation>把机器拖到这里，即可移出槽位。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::RackView</name>
    <message>
        <source>Rack</source>
        <translation>机架</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::RearmDialog</name>
    <message>
        <source>Re-arm %1</source>
        <translation>重新准许安装 %1</translation>
    </message>
    <message>
        <source>Install %1 once more?</source>
        <translation>再次安装 %1？</translation>
    </message>
    <message>
        <source>Machine name</source>
        <translation>机器名称</translation>
    </message>
    <message>
        <source>Re-arm</source>
        <translation>重新准许安装</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>%1 is installed, or was on the way to it. After re-arming and approving it, its disk is wiped and installed again.
Type its name to go on.</source>
        <translation>%1 已装好，或正在安装途中。重新准许并批准后，其磁盘将被清除并重新安装。
请输入其名称以继续。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::RollCallPage</name>
    <message>
        <source>Roll call</source>
        <translation>点名</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>退出（Esc）</translation>
    </message>
    <message>
        <source>The order is right (R)</source>
        <translation>顺序正确（R）</translation>
    </message>
    <message>
        <source>Swap them (W)</source>
        <translation>互换（W）</translation>
    </message>
    <message>
        <source>Which one stands first?</source>
        <translation>哪一台在前？</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>button pressed</source>
        <translation>已按电源键</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>swap last two</source>
        <translation>互换最后两台</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>approve all</source>
        <translation>全部批准</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>退格</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>%1 here · %2 to go</source>
        <translation>已到 %1 台 · 还剩 %2 台</translation>
    </message>
    <message>
        <source>Power on next</source>
        <translation>请开机</translation>
    </message>
    <message>
        <source>The rack is full. Power on next</source>
        <translation>机架已满。请开机</translation>
    </message>
    <message>
        <source>Nothing heard for %1: check its cable and its boot order</source>
        <translation>已 %1 没有收到信号：请检查网线和启动顺序</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for %n machines, %1</source>
        <translation>
            <numerusform>等待 %n 台机器，已 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting, %1</source>
        <translation>等待中，已 %1</translation>
    </message>
    <message>
        <source>Came last · %1 ago</source>
        <translation>最近到达 · %1 前</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · no slot yet</source>
        <translation>%1 · 尚无槽位</translation>
    </message>
    <message>
        <source>%1 after its button</source>
        <translation>按键后 %1</translation>
    </message>
    <message>
        <source>Order uncertain: %1 and %2 came %3 apart</source>
        <translation>顺序存疑：%1 和 %2 仅相隔 %3</translation>
    </message>
    <message>
        <source>No slot yet</source>
        <translation>尚无槽位</translation>
    </message>
    <message>
        <source>Sounds on (M)</source>
        <translation>声音：开（M）</translation>
    </message>
    <message>
        <source>Sounds off (M)</source>
        <translation>声音：关（M）</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ServiceForm</name>
    <message>
        <source>Give addresses</source>
        <translation>分配地址</translation>
    </message>
    <message>
        <source>Beside another DHCP server</source>
        <translation>与其他 DHCP 服务器并存</translation>
    </message>
    <message>
        <source>Only listen and collect</source>
        <translation>只监听和收集</translation>
    </message>
    <message>
        <source>computed from the network</source>
        <translation>按网段自动计算</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>without end</source>
        <translation>永不过期</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>DHCP</source>
        <translation>DHCP</translation>
    </message>
    <message>
        <source>Range, approved</source>
        <translation>地址范围（已批准）</translation>
    </message>
    <message>
        <source>Range, waiting</source>
        <translation>地址范围（待批准）</translation>
    </message>
    <message>
        <source>Lease time</source>
        <translation>租约时长</translation>
    </message>
    <message>
        <source>Log port</source>
        <translation>日志端口</translation>
    </message>
    <message>
        <source>Ask by ARP whether an address is in use</source>
        <translation>分配前用 ARP 检查地址是否被占用</translation>
    </message>
    <message>
        <source>Start although another DHCP server answers</source>
        <translation>存在其他 DHCP 服务器时仍启动</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>DNS servers</source>
        <translation>DNS 服务器</translation>
    </message>
    <message>
        <source>HTTP port</source>
        <translation>HTTP 端口</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is not a range such as 192.168.0.100-192.168.0.199.</source>
        <translation>“%1”不是地址范围（例如 192.168.0.100-192.168.0.199）。</translation>
    </message>
    <message>
        <source>“%1” is not the IPv4 address of a DNS server.</source>
        <translation>“%1”不是 DNS 服务器的 IPv4 地址。</translation>
    </message>
    <message>
        <source>“%1” is not the IPv4 address of a gateway.</source>
        <translation>“%1”不是网关的 IPv4 地址。</translation>
    </message>
    <message>
        <source>Answer approved machines only</source>
        <translation>只应答已批准的机器</translation>
    </message>
    <message>
        <source>Others get no waiting screen; they try again by themselves or not at all</source>
        <translation>其他机器看不到等待画面，是否重试由其固件决定</translation>
    </message>
    <message>
        <source>Let firmware ask again at port 4011</source>
        <translation>让固件再到端口 4011 询问</translation>
    </message>
    <message>
        <source>For firmware that takes no boot file from an offer without an address</source>
        <translation>用于不接受无地址应答中启动文件的固件</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::SheetActs</name>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Print the picture, or save it</source>
        <translation>打印或保存机架图</translation>
    </message>
    <message>
        <source>The printer does not take the picture. Choose another one.</source>
        <translation>打印机不接受此图，请换一台打印机。</translation>
    </message>
    <message>
        <source>Save the picture of the rack</source>
        <translation>保存机架图</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG 图形 (*.svg)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>%1 does not end in .pdf, .svg or .png.</source>
        <translation>%1 的扩展名不是 .pdf、.svg 或 .png。</translation>
    </message>
    <message>
        <source>%1 is written.</source>
        <translation>已写入 %1。</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::SideBar</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::StatusStrip</name>
    <message numerus="yes">
        <source>%n lease(s)</source>
        <translation>
            <numerusform>%n 个租约</numerusform>
        </translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>抓包</translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <translation>丢弃 %1</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>已完成 %1/%2</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::TimelineView</name>
    <message>
        <source>DHCP</source>
        <translation>DHCP</translation>
    </message>
    <message>
        <source>Boot loader</source>
        <translation>引导程序</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Answer file</source>
        <translation>应答文件</translation>
    </message>
    <message>
        <source>Installer</source>
        <translation>安装程序</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>软件包</translation>
    </message>
    <message>
        <source>Last scripts</source>
        <translation>收尾脚本</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>%1, peers %2</source>
        <translation>%1，同类 %2</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::TopBar</name>
    <message>
        <source>Rack name, names and addresses</source>
        <translation>机架名称、机器名称和地址</translation>
    </message>
    <message>
        <source>Choose the interface</source>
        <translation>选择网口</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>网口</translation>
    </message>
    <message>
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation>撤销：%1（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo: %1 (Ctrl+Shift+Z)</source>
        <translation>重做：%1（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Rack %1</source>
        <translation>机架 %1</translation>
    </message>
    <message numerus="yes">
        <source>Approve %n waiting</source>
        <translation>
            <numerusform>批准 %n 台</numerusform>
        </translation>
    </message>
    <message>
        <source>None waiting</source>
        <translation>无待批准</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Roll call</source>
        <translation>点名</translation>
    </message>
    <message>
        <source>Power on machine by machine, to be read from two metres away (F11)</source>
        <translation>逐台开机点名，两米外也能看清（F11）</translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::Workbench</name>
    <message numerus="yes">
        <source>%1 of %n machine(s)</source>
        <translation>
            <numerusform>%n 台机器的%1</numerusform>
        </translation>
    </message>
    <message>
        <source>rack layout</source>
        <translation>机架布局</translation>
    </message>
    <message>
        <source>%1 is too large for an answer file.</source>
        <translation>%1 太大，不像应答文件。</translation>
    </message>
    <message>
        <source>%1 is in the library already: %2.</source>
        <translation>%1 已在镜像库中：%2。</translation>
    </message>
    <message>
        <source>%1 is the same image as %2, which is in the library already.</source>
        <translation>%1 与镜像库中已有的 %2 是同一镜像。</translation>
    </message>
    <message>
        <source>%1 is removed.</source>
        <translation>已移除 %1。</translation>
    </message>
    <message>
        <source>%1 is removed. Its file stays where it is.</source>
        <translation>已移除 %1。文件保留在原处。</translation>
    </message>
    <message>
        <source>%1 is no longer served.</source>
        <translation>已停止提供 %1。</translation>
    </message>
    <message>
        <source>name of %1</source>
        <translation>%1 的名称</translation>
    </message>
    <message>
        <source>boot of %1</source>
        <translation>%1 的启动方式</translation>
    </message>
    <message>
        <source>swap of two machines</source>
        <translation>互换两台机器</translation>
    </message>
    <message>
        <source>order of two machines</source>
        <translation>两台机器的顺序</translation>
    </message>
    <message>
        <source>slot %1 kept free</source>
        <translation>槽位 %1 保持空闲</translation>
    </message>
</context>
</TS>
