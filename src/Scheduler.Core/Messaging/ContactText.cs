using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Messaging;

/// <summary>How addresses and telephone numbers are written.</summary>
internal static class ContactText
{
    /// <summary>The longest address that mail servers take (RFC 5321).</summary>
    private const int LongestAddress = 254;

    private const string AddressPattern = "^\\s*[A-Za-z0-9_%+-]+(?:\\.[A-Za-z0-9_%+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}\\s*$";

    private const string PhonePattern = "^\\s*\\+?\\(?[0-9](?:[ ()./-]*[0-9]){4,14}\\s*$";

    private static readonly Regex IsAddress = new(AddressPattern, RegexOptions.NonBacktracking);

    private static readonly Regex IsPhone = new(PhonePattern, RegexOptions.NonBacktracking);

    /// <summary>An e-mail address without a name before it.</summary>
    public static ScalarShape<string> Address { get; } = new(
        "an e-mail address such as 'office@clinic.example'",
        (Phrase phrase, [MaybeNullWhen(false)] out string value) => phrase.TryAny(out value) && value.Length <= LongestAddress && IsAddress.IsMatch(value))
    {
        Pattern = AddressPattern,
    };

    /// <summary>A telephone number of 5 to 15 digits, as people write it.</summary>
    public static ScalarShape<string> Phone { get; } = new(
        "a telephone number such as '+1 202 555 0100'",
        (Phrase phrase, [MaybeNullWhen(false)] out string value) => IsPhone.IsMatch(value = phrase.TakeAll()))
    {
        Pattern = PhonePattern,
    };
}
