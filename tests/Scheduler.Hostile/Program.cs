using System.Globalization;
using Scheduler.Hostile;

// COUNT [FIRST]: so many spoilt files, from a seed on. 'giants [NAME...]': the largest files that the limits let through. 'show NAME': the file of a seed, or a giant.
using var trial = new Trial();
_ = Originals.All.Take(12).SelectMany(o => trial.Run(new(System.Text.Encoding.UTF8.GetBytes(o.Text), o.Beside))).Count();
var report = new Report(Console.Out);
switch (args)
{
    case ["show", var name]:
        using (var raw = Console.OpenStandardOutput())
        {
            raw.Write((int.TryParse(name, CultureInfo.InvariantCulture, out var shown) ? Mutator.Make(shown) : Giants.All.Single(g => g.Name == name).File).Bytes);
        }

        return 0;
    case ["giants", .. var names]:
        foreach (var (name, file) in Giants.All.Where(g => names.Length == 0 || names.Contains(g.Name)))
        {
            report.Add(name, trial.Run(file));
        }

        break;
    default:
        var (count, first) = (int.Parse(args[0], CultureInfo.InvariantCulture), args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0);
        for (var seed = first; seed < first + count; seed++)
        {
            report.Add(seed.ToString(CultureInfo.InvariantCulture), trial.Run(Mutator.Make(seed)));
        }

        break;
}

return report.Close();
