# It never did: what counts from it is released, and what counts from its not being true counts from the last check.
protocol: maintained
story:
plan from 2027-01-04
all is booked
start takes place
check[1] takes place
loss at check[1] is no
check[2] takes place
loss at check[2] is no
mood at check[2] is 25
check[3] takes place
loss at check[3] is no
plan from the next day
> plan Mon 2027-01-04 08:00 start[1]
> plan Mon 2027-01-11 09:00 check[1]
> plan Tue 2027-01-12 08:00 booster[1], if needed
> plan Mon 2027-01-18 09:00 check[2]
> plan Tue 2027-01-19 08:00 booster[2], if needed
> plan Mon 2027-01-25 09:00 check[3]
> plan Mon 2027-02-01 09:00 farewell[1], if needed
> plan Thu 2027-02-18 13:00 talk[1], if needed
> booked: farewell[1]
> completed: start[1], check[1], check[2], check[3]
> released: booster[1], booster[2], talk[1]
> lost: false
> low: true
> lost-and-low: false
> stable: true
> left out: booster[1], booster[2], talk[1]
> counted anew: goodbye from day when stable came true
> plan Mon 2027-01-04 08:00 start[1], stays
> plan Mon 2027-01-11 09:00 check[1], stays
> plan Mon 2027-01-18 09:00 check[2], stays
> plan Mon 2027-01-25 09:00 check[3], stays
> plan Mon 2027-02-01 09:00 farewell[1]
