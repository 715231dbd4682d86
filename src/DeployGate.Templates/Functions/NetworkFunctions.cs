using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DeployGate.Core.Values;
using static DeployGate.Templates.Functions.TemplateFunction;

namespace DeployGate.Templates.Functions;

/// <summary>Functions of IP address ranges.</summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-cidr"/>
internal static class NetworkFunctions
{
    internal static ImmutableArray<TemplateFunction> All { get; } =
    [
        Strict("parseCidr", 1, 1, ValueShape.Map, ParseCidr),
        Strict("cidrSubnet", 3, 3, ValueShape.Text, Subnet),
        Strict("cidrHost", 2, 2, ValueShape.IdSegment, Host),
    ];

    /// <summary>A range: its first address, and how many leading bits its addresses share.</summary>
    private readonly record struct Network(UInt128 First, int Prefix, int Bits)
    {
        internal UInt128 Mask => Prefix == 0 ? 0 : UInt128.MaxValue << (Bits - Prefix) & All;

        internal UInt128 Last => First | (All ^ Mask);

        internal bool IsV6 => Bits == 128;

        // Ranges of one or two addresses have no network and broadcast address to spare.
        internal bool IsTiny => Bits - Prefix < 2;

        private UInt128 All => Bits == 128 ? UInt128.MaxValue : (UInt128.One << Bits) - 1;

        internal StringValue Text(UInt128 address)
        {
            Span<byte> bytes = stackalloc byte[16];
            for (var i = 15; i >= 0; i--, address >>= 8)
            {
                bytes[i] = (byte)(address & 0xff);
            }

            return new StringValue(new IPAddress(bytes[(16 - (Bits / 8))..]).ToString());
        }
    }

    private static Value ParseCidr(FunctionArguments a)
    {
        if (Read(a, out var problem) is not { } network)
        {
            return problem;
        }

        var members = ImmutableArray.CreateBuilder<Member>();
        members.Add(new Member("network", network.Text(network.First)));
        members.Add(new Member("netmask", network.Text(network.Mask)));
        var (first, last) = (network.First, network.Last);
        if (!network.IsV6)
        {
            members.Add(new Member("broadcast", network.Text(network.Last)));
            (first, last) = network.IsTiny ? (first, first) : (first + 1, last - 1);
        }

        members.Add(new Member("firstUsable", network.Text(first)));
        members.Add(new Member("lastUsable", network.Text(last)));
        members.Add(new Member("cidr", new IntValue(network.Prefix)));
        return new ObjectValue(members.ToImmutable());
    }

    private static Value Subnet(FunctionArguments a)
    {
        if (Read(a, out var problem) is not { } network)
        {
            return problem;
        }

        if (!a.Int(1, out var prefix) || !a.Int(2, out var index))
        {
            return a.Problem;
        }

        if (prefix < network.Prefix || prefix > network.Bits)
        {
            return a.Fail($"{a.Name} cannot cut {a.Show(a[0])} into ranges of prefix {a.Show(a[1])}");
        }

        var extra = (int)prefix - network.Prefix;
        if (index < 0 || (extra < 64 && (ulong)index >= 1UL << extra))
        {
            return a.Fail($"{a.Show(a[0])} has no range {a.Show(a[2])} of prefix {a.Show(a[1])}");
        }

        // A shift by the whole width would be a shift by nothing; the index is 0 then.
        var shift = network.Bits - (int)prefix;
        var first = network.First + (index == 0 ? 0 : (UInt128)index << shift);
        return new StringValue(string.Create(CultureInfo.InvariantCulture, $"{network.Text(first).Text}/{prefix}"));
    }

    private static Value Host(FunctionArguments a)
    {
        if (Read(a, out var problem) is not { } network)
        {
            return problem;
        }

        if (!a.Int(1, out var index))
        {
            return a.Problem;
        }

        // The first address names the network; IPv4 keeps the last for broadcast.
        var usable = network.IsTiny ? (first: network.First, last: network.Last)
            : (first: network.First + 1, last: network.IsV6 ? network.Last : network.Last - 1);
        return index < 0 || (UInt128)index > usable.last - usable.first
            ? a.Fail($"{a.Show(a[0])} has no usable address {a.Show(a[1])}")
            : network.Text(usable.first + (UInt128)index);
    }

    private static Network? Read(FunctionArguments a, out Value problem)
    {
        problem = NullValue.Instance;
        if (!a.Text(0, out var text))
        {
            problem = a.Problem;
            return null;
        }

        if (Read(text) is { } network)
        {
            return network;
        }

        problem = a.Fail($"{a.Show(text)} is not an address range: an IP address, '/' and a prefix length");
        return null;
    }

    private static Network? Read(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);

        // The longest IPv6 address has 45 characters. .NET also reads "10.1" and "fe80::1%eth0", which no range is written as.
        if (slash is < 0 or > 45 || text.Contains('%', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal)
            || !IPAddress.TryParse(text.AsSpan(0, slash), out var address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
        {
            return null;
        }

        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        var bits = isV4 ? 32 : 128;
        if (prefix > bits || (isV4 && !IsDotted(text.AsSpan(0, slash))))
        {
            return null;
        }

        var value = UInt128.Zero;
        foreach (var part in address.GetAddressBytes())
        {
            value = (value << 8) | part;
        }

        var network = new Network(0, prefix, bits);
        return network with { First = value & network.Mask };
    }

    // Four decimal numbers; .NET would read one that begins with 0 as octal.
    private static bool IsDotted(ReadOnlySpan<char> address)
    {
        var count = 0;
        foreach (var range in address.Split('.'))
        {
            var part = address[range];
            count++;
            if (part.IsEmpty || part.IndexOfAnyExceptInRange('0', '9') >= 0 || (part.Length > 1 && part[0] == '0'))
            {
                return false;
            }
        }

        return count == 4;
    }
}
