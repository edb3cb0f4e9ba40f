using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Scheduler.Web.Access;

/// <summary>The keys that sign cookies. Whoever reads them can be anybody, so nobody but the owner of the process may.</summary>
internal static class Keys
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Has keys kept in a folder, which is made where it is not there; or with the process only, where none is named.</summary>
    public static void Keep(IServiceCollection services, string? folder)
    {
        var protection = services.AddDataProtection().SetApplicationName("Scheduler");
        if (folder is null)
        {
            protection.UseEphemeralDataProtectionProvider();
            return;
        }

        protection.PersistKeysToFileSystem(Closed(new(folder)));
    }

    /// <summary>The folder, closed to others; so is what comes to lie in it.</summary>
    private static DirectoryInfo Closed(DirectoryInfo folder)
    {
        if (OperatingSystem.IsWindows())
        {
            folder.Create();
        }
        else
        {
            Directory.CreateDirectory(folder.FullName, OwnerOnly);
            File.SetUnixFileMode(folder.FullName, OwnerOnly);
        }

        return folder;
    }
}
