using System.Collections.Frozen;
using System.Collections.Immutable;
using DeployGate.Core.Values;

namespace DeployGate.Pipelines.Commands;

/// <summary>The commands of the az CLI that are read, as of its reference of 2026-08.</summary>
/// <seealso href="https://github.com/MicrosoftDocs/azure-docs-cli/tree/main/latest/docs-ref-autogen"/>
internal static class AzTable
{
    private static readonly Dictionary<string, string> s_groups = new()
    {
        ["global"] = "subscription output/o query only-show-errors? verbose? debug? help/h?",
        ["vm"] = "resource-group/g name/n/vm-name ids* no-wait? {global}",
        ["named"] = "resource-group/g name/n ids* no-wait? {global}",
        ["account"] = "admin-username admin-password authentication-type generate-ssh-keys? ssh-key-values* ssh-key-name computer-name custom-data secrets*",
        ["template"] = "template-file/f template-uri/u template-spec/s parameters/p* name/n location/l mode query-string/q confirm-with-what-if/c? what-if/w? what-if-result-format/r no-prompt rollback-on-error no-wait? validation-level proceed-if-no-change? {global}",
        ["stack"] = "name/n template-file/f template-uri/u template-spec/s parameters/p* location/l action-on-unmanage/aou deny-settings-mode/dm yes? no-wait? {global}",
    };

    private static readonly string[] s_rows =
    [
        "vm generalize | Mark | vm | {vm}",
        "vm deallocate | Deallocate | vm | hibernate {vm}",
        "vm stop | Stop | vm | skip-shutdown? {vm}",
        "vm start | Start | vm | {vm}",
        "vm restart, vm redeploy, vm reapply | Restart | vm | force? {vm}",
        "vm reimage | Reimage | vm | exact-version temp-disk {vm}",
        "vm delete | Delete | vm | yes/y? force-deletion {vm}",
        "vm show, vm get-instance-view | Show | vm | show-details/d? {vm}",
        "vm list, vm list-ip-addresses | List | vm | show-details/d? {vm}",
        "vm wait | Wait | vm | created? deleted? exists? updated? custom interval timeout {vm}",
        "vm capture | CaptureVhd | vm | vhd-name-prefix storage-container=vhds overwrite {vm}",
        "vm create | CreateMachine | vm | image specialized attach-os-disk os-type use-unmanaged-disk? storage-account storage-container-name os-disk-name os-disk-size-gb os-disk-delete-option security-type count vmss {account} location/l size storage-sku* public-ip-sku public-ip-address nsg nsg-rule subnet vnet-name nics* tags* zone/z priority plan-name plan-publisher plan-product enable-secure-boot enable-vtpm assign-identity* data-disk-sizes-gb* source-snapshots-or-disks* validate? {named}",
        "vm run-command invoke | RunCommand | vm | command-id scripts* parameters* {vm}",
        "vm run-command create, vm run-command update | RunCommand | vm | resource-group/g vm-name run-command-name/name/n script script-uri command-id async-execution parameters* no-wait? {global}",
        "vm extension set | Extension | vm | vm-name resource-group/g name/n publisher settings protected-settings version extension-instance-name ids* no-wait? force-update? {global}",
        "vm update | Config | vm | set* add* remove* {vm}",
        "image create | Image | image | source os-type hyper-v-generation os-disk-caching data-disk-sources* data-disk-caching storage-sku zone-resilient location/l tags* {named}",
        "image show, image wait | Show | image | image-name {named}",
        "image list | List | image | {named}",
        "image delete | Delete | image | resource-group/g name/n/image-name ids* no-wait? {global}",
        "image copy | CopyImage | image | source-object-name source-resource-group source-type target-location* target-resource-group target-name target-subscription* cleanup? parallel-degree {global}",
        "sig create | Nothing | gallery | resource-group/g gallery-name/r {global}",
        "sig show | Show | gallery | resource-group/g gallery-name/r {global}",
        "sig image-definition create | Definition | definition | resource-group/g gallery-name/r gallery-image-definition/i/gallery-image-name publisher/p offer/f sku/s os-type os-state=Generalized hyper-v-generation=V2 features architecture plan-name plan-product plan-publisher location/l description tags* {global}",
        "sig image-definition show | Show | definition | resource-group/g gallery-name/r gallery-image-definition/i/gallery-image-name ids* {global}",
        "sig image-definition list | List | definition | resource-group/g gallery-name/r {global}",
        "sig image-definition delete | Delete | definition | resource-group/g gallery-name/r gallery-image-definition/i/gallery-image-name ids* no-wait? {global}",
        "sig image-version create | Version | version | resource-group/g gallery-name/r gallery-image-definition/i/gallery-image-name gallery-image-version/e/gallery-image-version-name managed-image virtual-machine image-version os-snapshot os-vhd-uri os-vhd-storage-account data-snapshots* data-snapshot-luns* data-vhds-uris* data-vhds-luns* data-vhds-sa* target-regions* replica-count exclude-from-latest end-of-life-date replication-mode storage-account-type location/l tags* no-wait? {global}",
        "sig image-version show, sig image-version wait | Show | version | resource-group/g gallery-name/r gallery-image-definition/i/gallery-image-name gallery-image-version/e/gallery-image-version-name ids* created? {global}",
        "sig image-version list | List | version | resource-group/g gallery-name/r gallery-image-definition/i/gallery-image-name {global}",
        "sig image-version delete | Delete | version | resource-group/g gallery-name/r gallery-image-definition/i/gallery-image-name gallery-image-version/e/gallery-image-version-name ids* no-wait? {global}",
        "disk create | Disk | disk | source image-reference gallery-image-reference gallery-image-reference-lun upload-type upload-size-bytes for-upload os-type hyper-v-generation security-type size-gb/z sku location/l zone {named}",
        "disk show, disk wait, disk grant-access, disk revoke-access | Show | disk | duration-in-seconds access/access-level {named}",
        "disk list | List | disk | {named}",
        "disk delete | Delete | disk | yes/y? {named}",
        "snapshot create | Snapshot | snapshot | source incremental for-upload copy-start hyper-v-generation sku location/l {named}",
        "snapshot show, snapshot wait, snapshot grant-access, snapshot revoke-access | Show | snapshot | duration-in-seconds access/access-level {named}",
        "snapshot delete | Delete | snapshot | {named}",
        "vmss create | ScaleSet | vmss | image specialized orchestration-mode upgrade-policy-mode os-type use-unmanaged-disk? instance-count vm-sku disable-overprovision? security-type {account} location/l subnet load-balancer lb tags* {named}",
        "vmss update | UpdateScaleSet | vmss | set* add* remove* {named}",
        "vmss update-instances, vmss reimage | Nothing | vmss | instance-ids* {named}",
        "vmss show | Show | vmss | {named}",
        "vmss delete | Delete | vmss | {named}",
        "storage blob upload | Blob | blob | file/f container-name/c name/n type/t account-name account-key sas-token auth-mode overwrite {global}",
        "storage blob copy start | Blob | blob | source-uri/u destination-container/c destination-blob/b account-name account-key source-account-name source-container source-blob sas-token auth-mode {global}",
        "storage blob url | BlobAddress | blob | container-name/c name/n account-name account-key auth-mode {global}",
        "group delete | DeleteGroup | group | name/n/resource-group/g yes/y? no-wait? {global}",
        "deployment group create, stack group create | Deploy | group | resource-group/g {template}",
        "deployment sub create, stack sub create | Deploy | sub | {template}",
        "deployment mg create, stack mg create | Deploy | mg | management-group-id/m {template}",
        "deployment tenant create | Deploy | tenant | {template}",
        "group deployment create | Deploy | group | resource-group/g {template}",
        "deployment create | Deploy | sub | {template}",
        "deployment group validate, deployment group what-if, stack group validate, group deployment validate | DryRun | group | resource-group/g {template}",
        "deployment sub validate, deployment sub what-if, stack sub validate, deployment validate | DryRun | sub | {template}",
        "deployment mg validate, deployment mg what-if, stack mg validate | DryRun | mg | management-group-id/m {template}",
        "deployment tenant validate, deployment tenant what-if | DryRun | tenant | {template}",
        "bicep build, bicep build-params | BicepBuild | | file/f outfile outdir stdout? no-restore? {global}",
        "account set | Account | | subscription/s/name/n output/o",
        "configure | Configure | | defaults/d* list-defaults/l scope {global}",
        "config set | Configure | | local? {global}",
        "resource invoke-action | ResourceAction | | action request-body ids* name/n resource-group/g resource-type namespace {global}",
        "rest | Rest | | method/m=get uri/url/u body/b headers* resource uri-parameters* output-file skip-authorization-header? {global}",
        "image builder create | ImageTemplate | builder | image-source/i scripts* managed-image-destinations* shared-image-destinations* image-template identity* defer? checksum build-timeout vm-size location/l {named}",
        "image builder customizer add | ImageTemplate | builder | customizer-name type/t inline-script* script-url file-source dest-path script-url-checksum file-checksum exit-codes* restart-command restart-check-command restart-timeout search-criteria filters* update-limit defer? {named}",
        "image builder customizer remove, image builder customizer clear | ImageTemplate | builder | customizer-name defer? {named}",
        "image builder output add | ImageTemplate | builder | gallery-name gallery-image-definition gallery-replication-regions* managed-image managed-image-location output-name artifact-tags* is-vhd? vhd-uri versioning defer? {named}",
        "image builder output remove, image builder output clear | ImageTemplate | builder | output-name defer? {named}",
        "image builder update | ImageTemplate | builder | set* add* remove* defer? {named}",
        "image builder wait | ImageTemplate | builder | created? deleted? exists? updated? custom interval timeout {named}",
        "image builder run, image builder cancel | ImageTemplate | builder | {named}",
        "image builder show | Show | builder | {named}",
        "image builder delete | Delete | builder | yes/y? {named}",
    ];

    // By the first word; of the commands that begin with it, those of more words stand first.
    private static readonly FrozenDictionary<string, NamedRow[]> s_commands = Rows
        .Select(command => new NamedRow(command.Name.Split(' '), command))
        .GroupBy(row => row.Words[0])
        .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(row => row.Words.Length).ToArray(), StringComparer.Ordinal);

    /// <summary>All rows, one for each name.</summary>
    internal static ImmutableArray<CommandDescription> Rows => [.. s_rows.SelectMany(row => CommandDescription.Parse(Expand(row), s_groups))];

    /// <summary>The command that the most of the first words name, and their number; null when no row fits.</summary>
    internal static (CommandDescription? Command, int Words) Find(ImmutableArray<Value> words)
    {
        if (words is [StringValue { Text: var first }, ..] && s_commands.TryGetValue(first, out var rows))
        {
            foreach (var row in rows)
            {
                if (row.Begins(words))
                {
                    return (row.Command, row.Words.Length);
                }
            }
        }

        return (null, 0);
    }

    // Groups hold groups.
    private static string Expand(string row)
    {
        foreach (var (name, text) in s_groups)
        {
            row = row.Replace($"{{{name}}}", text, StringComparison.Ordinal);
        }

        return row;
    }

    /// <summary>A command and the words of its name.</summary>
    private sealed record NamedRow(string[] Words, CommandDescription Command)
    {
        internal bool Begins(ImmutableArray<Value> words)
        {
            for (var i = 0; i < Words.Length; i++)
            {
                if (i >= words.Length || words[i] is not StringValue { Text: var text } || text != Words[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
