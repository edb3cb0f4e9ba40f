# A held infusion that finds no place inside the rhythm is put off with those behind it.
protocol: infusions
story:
plan from 2027-01-04
all is booked
rating and infusion[1] take place
infusion[2] is held
infusion[2] finds no place
plan from 2027-01-18
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> completed: rating[1], infusion[1]
> held: infusion[2]
> asked besides: rhythm-from-infusion-2, rhythm-before-infusion-2
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Mon 2027-01-18 08:00 infusion[2]
> plan Wed 2027-01-20 08:00 infusion[3]
> plan Fri 2027-01-22 08:00 infusion[4]
> plan Thu 2027-01-28 08:00 check[1]
