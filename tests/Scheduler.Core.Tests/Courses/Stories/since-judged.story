# All checks were skipped, and nobody can tell; then the clinic judges, and its day counts.
protocol: maintained
story:
plan from 2027-01-04
all is booked
start takes place
booster[1 to 2] is called off by the clinic
check[1] is missed
check[2] is missed
check[3] is missed
plan from the next day
the clinic judges: lost
plan from the next day
> plan Mon 2027-01-04 08:00 start[1]
> plan Mon 2027-01-11 09:00 check[1]
> plan Tue 2027-01-12 08:00 booster[1], if needed
> plan Mon 2027-01-18 09:00 check[2]
> plan Tue 2027-01-19 08:00 booster[2], if needed
> plan Mon 2027-01-25 09:00 check[3]
> plan Mon 2027-02-01 09:00 farewell[1], if needed
> plan Thu 2027-02-18 13:00 talk[1], if needed
> booked: talk[1], farewell[1]
> completed: start[1]
> cancelled: booster[1], booster[2]
> skipped: check[1], check[2], check[3]
> applied: missed-check 3 times
> P-1:1:1: warning CO011: booster[1] counts from when 'lost' came true ('booster-soon[1]'), and no visit is left that could tell; so the course goes without booster[1], unless the clinic judges that it is true.
> P-1:1:1: warning CO011: booster[2] counts from when 'lost' came true ('booster-soon[2]'), and no visit is left that could tell; so the course goes without booster[2], unless the clinic judges that it is true.
> P-1:1:1: warning CO011: talk[1] counts from when 'lost-and-low' came true ('talk-soon'), and no visit is left that could tell; so the course goes without talk[1], unless the clinic judges that it is true.
> P-1:1:1: warning CO011: farewell[1] counts from when 'stable' came true ('goodbye'), and no visit is left that could tell; so the course goes without farewell[1], unless the clinic judges that it is true.
> left out: check[1], check[2], check[3], booster[1], booster[2], talk[1], farewell[1]
> plan Mon 2027-01-04 08:00 start[1], stays
> booked: talk[1]
> completed: start[1]
> cancelled: booster[1], booster[2]
> released: farewell[1]
> skipped: check[1], check[2], check[3]
> lost: true
> stable: false
> applied: missed-check 3 times
> P-1:1:1: warning CO011: talk[1] counts from when 'lost-and-low' came true ('talk-soon'), and no visit is left that could tell; so the course goes without talk[1], unless the clinic judges that it is true.
> left out: check[1], check[2], check[3], talk[1], farewell[1]
> counted anew: booster-soon[1] from day when lost came true, booster-soon[2] from day when lost came true
> plan Mon 2027-01-04 08:00 start[1], stays
> plan Tue 2027-01-26 08:00 booster[1]
> plan Tue 2027-02-02 08:00 booster[2]
