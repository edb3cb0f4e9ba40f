using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.App.Tests.Servers;

/// <summary>A certificate that nobody trusts until they are told to.</summary>
internal static class OwnCertificate
{
    /// <summary>For 127.0.0.1, and no other name.</summary>
    public static X509Certificate2 New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=listener", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
